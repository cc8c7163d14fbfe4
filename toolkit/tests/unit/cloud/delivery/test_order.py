"""The order of applying."""

from groundplan.cloud.delivery import order
from groundplan.cloud.delivery.manifest import Object


def of(kind: str, hook: str = "", wave: int = 0) -> Object:
    """Return an object, a hook perhaps."""
    notes = {"argocd.argoproj.io/hook": hook, "argocd.argoproj.io/sync-wave": str(wave)}
    annotations = notes if hook else {}
    return Object({"kind": kind, "metadata": {"name": kind, "annotations": annotations}})


def test_what_others_stand_on_comes_first() -> None:
    """Namespaces, configuration, jobs by wave, workloads, jobs that come after."""
    objects = [
        of("Deployment"),
        of("Job", "PostSync"),
        of("Job", "PreSync", 2),
        of("Job", "PreSync", 1),
        of("ConfigMap", "PreSync"),
        of("NetworkPolicy"),
        of("Namespace"),
        of("Job"),
    ]
    found = order.phases(objects)
    assert [
        ("namespace", ["Namespace"]),
        ("configuration", ["ConfigMap", "NetworkPolicy"]),
        ("PreSync jobs", ["Job"]),
        ("PreSync jobs", ["Job"]),
        ("workloads", ["Deployment", "Job"]),
        ("PostSync jobs", ["Job"]),
    ] == [(each.name, [one.kind for one in each.objects]) for each in found]
    assert [1, 2] == [each.objects[0].wave for each in found if each.name == "PreSync jobs"]
    assert [False, False, True, True, False, True] == [each.is_hook for each in found]


def test_every_object_is_in_one_phase() -> None:
    """None is forgotten, none comes twice."""
    kinds = ["Namespace", "Service", "Deployment", "Unheard"]
    found = [one for each in order.phases(map(of, kinds)) for one in each.objects]
    assert sorted(kinds) == sorted(one.kind for one in found)
