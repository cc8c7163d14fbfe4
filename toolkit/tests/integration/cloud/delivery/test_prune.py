"""What an earlier delivery left behind."""

from typing import Any

from groundplan.cloud.delivery import prune
from groundplan.cloud.delivery.manifest import Object
from groundplan.tools import kubectl

LABELS = {
    "app.kubernetes.io/managed-by": "groundplan",
    "app.kubernetes.io/part-of": "shop",
    "groundplan.dev/environment": "dev",
}


def of(kind: str, name: str, version: str = "v1", **meta: Any) -> Object:
    """Return an object as the file has it."""
    where = {"name": name, "namespace": "shop", **meta}
    return Object({"apiVersion": version, "kind": kind, "metadata": where})


def test_only_our_own_of_this_environment_are_seen(fake_cluster: Any) -> None:
    """Another environment's, another platform's and unlabelled objects are not ours."""
    for name, labels in (
        ("ours", LABELS),
        ("of-prod", {**LABELS, "groundplan.dev/environment": "prod"}),
        ("of-others", {}),
    ):
        fake_cluster.add("v1", "ConfigMap", name, "shop", metadata={"labels": labels})
    found = prune.existing(kubectl.current(), "shop", "dev")
    assert ["ours"] == [each.name for each in found]


def test_what_has_an_owner_or_belongs_to_a_set_stays() -> None:
    """Secrets of an operator, and claims of a StatefulSet that is still rendered."""
    live = [
        of("Secret", "made", ownerReferences=[{"uid": "1"}]),
        of("PersistentVolumeClaim", "data-cache-0"),
        of("PersistentVolumeClaim", "data-cachet-0"),
        of("ConfigMap", "old"),
        of("ConfigMap", "kept"),
    ]
    rendered = [of("StatefulSet", "cache", "apps/v1"), of("ConfigMap", "kept")]
    assert ["data-cachet-0", "old"] == [each.name for each in prune.leftovers(live, rendered)]


def test_removing_twice_is_fine(fake_cluster: Any) -> None:
    """What is gone already is no error."""
    fake_cluster.add("v1", "ConfigMap", "old", "shop")
    for _ in range(2):
        prune.remove(kubectl.current(), [of("ConfigMap", "old")])
    assert set() == fake_cluster.names("ConfigMap")
