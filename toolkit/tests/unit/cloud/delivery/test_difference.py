"""What a delivery would change."""

from typing import Any

from groundplan.cloud.delivery import difference
from groundplan.cloud.delivery.difference import FEW
from groundplan.cloud.delivery.manifest import Object


def of(name: str, kind: str = "ConfigMap", version: str = "v1", **rest: Any) -> Object:
    """Return an object."""
    return Object({"apiVersion": version, "kind": kind, "metadata": {"name": name}, **rest})


def test_objects_are_told_apart_by_what_they_are() -> None:
    """Created, changed and removed; a new version of a kind is a change."""
    before = [of("a"), of("b", data={"k": "1"}), of("c"), of("d", "Job", "batch/v1beta1")]
    after = [of("a"), of("b", data={"k": "2"}), of("new"), of("d", "Job", "batch/v1")]
    found = difference.between(before, after)
    assert [
        "1 created, 2 changed, 1 removed",
        "  removed ConfigMap c",
        "  changed ConfigMap b",
        "  changed Job d",
        "  created ConfigMap new",
    ] == [*difference.describe(found)]


def test_lost_data_comes_first() -> None:
    """A claim that goes is told before everything else, once."""
    found = difference.between([of("a"), of("data", "PersistentVolumeClaim")], [])
    assert [
        "2 removed",
        "  data goes with it: PersistentVolumeClaim data is removed",
        "  removed ConfigMap a",
    ] == [*difference.describe(found)]


def test_many_are_counted_by_kind() -> None:
    """A first delivery is a line a kind."""
    found = difference.between([], [of(f"n{n}") for n in range(FEW + 1)])
    assert [
        f"{FEW + 1} created",
        f"  created {FEW + 1} ConfigMap: n0, n1, n2, n3 and others",
    ] == [*difference.describe(found)]


def test_nothing_is_said_to_be_nothing() -> None:
    """The same twice changes nothing."""
    found = difference.between([of("a")], [of("a")])
    assert found.is_empty
    assert ["no object changes"] == [*difference.describe(found)]
