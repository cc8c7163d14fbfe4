"""Names and labels that every object of a platform carries, and that selectors ask for."""

from typing import Final

from lightkube.models.meta_v1 import LabelSelector, ObjectMeta

from groundplan.model.flow import COMPONENT_LABEL as NAME
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform

PART_OF: Final = "app.kubernetes.io/part-of"
MANAGED_BY: Final = "app.kubernetes.io/managed-by"
ENVIRONMENT: Final = "groundplan.dev/environment"


def labels(platform: Platform, placement: Placement, component: str) -> dict[str, str]:
    """Return the labels of everything that belongs to a component."""
    return {
        NAME: component,
        PART_OF: platform.name,
        MANAGED_BY: "groundplan",
        ENVIRONMENT: placement.environment,
    }


def metadata(
    platform: Platform,
    placement: Placement,
    component: str,
    name: str | None = None,
    *,
    annotations: dict[str, str] | None = None,
    namespace: str | None = None,
) -> ObjectMeta:
    """Return the metadata of an object in the platform's namespace, or in another one.

    Args:
        component: to which it belongs.
        name: its own name; the component's where it has none.
    """
    return ObjectMeta(
        name=name or component,
        namespace=namespace or platform.name,
        labels=labels(platform, placement, component),
        annotations=annotations,
    )


def cluster_metadata(
    platform: Platform,
    placement: Placement,
    component: str,
    name: str,
    *,
    annotations: dict[str, str] | None = None,
) -> ObjectMeta:
    """Return the metadata of an object that stands in no namespace."""
    return ObjectMeta(
        name=name, labels=labels(platform, placement, component), annotations=annotations
    )


def selector(component: str) -> LabelSelector:
    """Return what selects the pods of a component; a part of the labels that never changes."""
    return LabelSelector(matchLabels={NAME: component})
