"""What tests of the Kubernetes target share: platforms in a cluster, objects, and their judges."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema.validators import validator_for

from groundplan.model.placement import Placement, in_kubernetes
from groundplan.model.platform import STORES, Platform
from groundplan.targets import TARGETS
from groundplan.targets.kubernetes.object import Object, plain

SCHEMAS = Path(__file__).parents[3] / "schemas"
"""Of kinds that operators define."""
OLDEST = "1.28"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
InCluster = Callable[..., Placement]
Render = Callable[..., dict[str, Any]]
Valid = Callable[[Iterable[Object]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def in_cluster() -> InCluster:
    """Return what places a platform in a cluster, in the environment prod."""

    def placed(platform: Platform, *, encrypted: bool = True, **known: Any) -> Placement:
        return in_kubernetes(
            (*platform.services, *STORES),
            namespace=platform.name,
            domain=platform.domain,
            environment="prod",
            encrypted=encrypted,
            **known,
        )

    return placed


@pytest.fixture(scope="session")
def placement(reference: Platform, in_cluster: InCluster) -> Placement:
    """Return the reference in a cluster, encrypted on its way."""
    return in_cluster(reference)


@pytest.fixture(scope="session")
def rendered(platform_with: Callable[[str], Platform], in_cluster: InCluster) -> Render:
    """Return what renders the reference with changes: objects by path, as a cluster reads them."""

    def render(text: str = "", **known: Any) -> dict[str, Any]:
        platform = platform_with(text)
        files = TARGETS["kubernetes"](platform, in_cluster(platform, **known))
        return {file.path: yaml.load(file.content, LOADER) for file in files}

    return render


@pytest.fixture(scope="session")
def valid() -> Valid:
    """Return what gives objects as plain values, after their strict schemas were asked."""

    def judged(objects: Iterable[Object]) -> list[dict[str, Any]]:
        found = [json.loads(json.dumps(plain(each))) for each in objects]
        for each in found:
            _judge(each)
        return found

    return judged


def _judge(found: dict[str, Any]) -> None:
    group, _, version = found["apiVersion"].rpartition("/")
    file = SCHEMAS / group / f"{found['kind'].lower()}_{version}.json"
    if file.is_file():
        schema = json.loads(file.read_text())
        validator_for(schema)(schema).validate(found)
    else:
        kubernetes_validate.validate(found, OLDEST, strict=True)
