"""By which key lists are merged."""

import json
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

from groundplan.patches import merge_key

SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema/v1.36.0-local"
STATUS = {"addresses", "allocatedResourcesStatus", "conditions", "drivers", "hostIPs", "podIPs",
          "reservedFor", "resourceClaimStatuses", "x-kubernetes-validations"}  # fmt: skip
"""Lists of what a cluster itself writes, or of definitions, which are not rendered."""


def declared() -> dict[str, set[str]]:
    """Return the merge keys that Kubernetes' own documents declare, by field."""
    found: dict[str, set[str]] = {}
    for path in SCHEMAS.glob("*.json"):
        properties: Any = json.loads(path.read_text()).get("properties") or {}
        for name, schema in properties.items():
            if isinstance(schema, dict) and "x-kubernetes-patch-merge-key" in schema:
                found.setdefault(name, set()).add(schema["x-kubernetes-patch-merge-key"])
    return found


def test_the_table_is_that_of_kubernetes() -> None:
    """Every list that Kubernetes merges by a key is here with that key, and no other."""
    asked = {name: keys for name, keys in declared().items() if name not in STATUS}
    assert {"port", "containerPort"} == asked.pop("ports")
    assert asked == {name: {key} for name, key in merge_key.KEYS.items()}


@pytest.mark.parametrize(
    ("field", "kind", "key"),
    [
        ("ports", "Service", "port"),
        ("ports", "Deployment", "containerPort"),
        ("tolerations", "Deployment", None),
        ("args", "Deployment", None),
    ],
)
def test_ports_depend_on_the_kind(field: str, kind: str, key: str | None) -> None:
    """A Service's ports have another key; what has none is replaced."""
    assert key == merge_key.of(field, kind)


@pytest.mark.parametrize(
    ("version", "is_ours"),
    [
        ("v1", True),
        ("apps/v1", True),
        ("networking.k8s.io/v1", True),
        ("cert-manager.io/v1", False),
    ],
)
def test_operators_kinds_have_no_merge_keys(version: str, is_ours: bool) -> None:
    """Only Kubernetes' own kinds are merged by key."""
    assert is_ours == merge_key.is_kubernetes(version)
