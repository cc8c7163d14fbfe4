"""Pods are found in every kind that has some."""

import pytest

from groundplan.admission import pod

SPEC = {
    "containers": [{"name": "a", "securityContext": {"privileged": True}}],
    "initContainers": [{"name": "b"}],
    "ephemeralContainers": [{"name": "c"}],
}


def owner(kind: str) -> dict[str, object]:
    """Return an object of a kind whose pod is `SPEC`."""
    within: dict[str, object] = {"metadata": {"labels": {"x": "y"}}, "spec": SPEC}
    path = pod.TEMPLATES[kind].split(".") if pod.TEMPLATES[kind] else []
    for key in reversed(path):
        within = {key: within}
    within.setdefault("metadata", {})
    meta = {**within["metadata"], "name": "n", "namespace": "s"}  # type: ignore[dict-item]
    return {**within, "apiVersion": "v1", "kind": kind, "metadata": meta}


@pytest.mark.parametrize("kind", pod.TEMPLATES)
def test_every_kind_has_its_pod(kind: str) -> None:
    """Spec, labels and namespace are found wherever the kind keeps them."""
    (found,) = pod.pods([owner(kind)])
    assert (SPEC, {"x": "y"}, "s") == (found.spec, found.labels, found.namespace)


def test_other_kinds_have_none() -> None:
    """A Service has no pod of its own."""
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {}}
    assert [] == list(pod.pods([service]))


def test_all_sorts_of_containers_are_found() -> None:
    """First ones, lasting ones and those of debuggers, with their paths and contexts."""
    (found,) = pod.pods([owner("CronJob")])
    each = {one.path: one.security for one in pod.containers(found)}
    assert {"initContainers[b]", "containers[a]", "ephemeralContainers[c]"} == set(each)
    assert {"privileged": True} == each["containers[a]"]
    assert {} == each["initContainers[b]"]


def test_findings_say_the_whole_path() -> None:
    """A path begins at the object, whatever its kind."""
    (found,) = pod.pods([owner("CronJob")])
    first = next(iter(pod.containers(found)))
    path = "spec.jobTemplate.spec.template.spec.initContainers[b].image"
    assert path == first.finding("image", "must be there").path
    assert "CronJob s/n" == first.finding("image", "must be there").object
