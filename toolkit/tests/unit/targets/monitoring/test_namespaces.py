"""Namespaces of what watches, and the exceptions to the restricted standard."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import manifest, namespaces

ENFORCED = "pod-security.kubernetes.io/enforce"


def test_all_but_one_enforce_the_restricted_standard(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The one that does not says why, and everybody is warned in it all the same."""
    found = valid(namespaces.objects(reference, clustered(reference)))
    levels = {each["metadata"]["name"]: each["metadata"] for each in found.values()}
    assert {"monitoring", "node-agents", "elastic-system"} == set(levels)
    less = [name for name, meta in levels.items() if meta["labels"][ENFORCED] != "restricted"]
    assert [manifest.AGENTS] == less
    reasons = [
        name for name, meta in levels.items() if manifest.REASON in (meta.get("annotations") or {})
    ]
    assert less == reasons
    assert {"restricted"} == {
        meta["labels"]["pod-security.kubernetes.io/warn"] for meta in levels.values()
    }
