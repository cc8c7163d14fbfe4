"""Copies come by use, leave slowly, and one at a time may be moved."""

import pytest

OWN = "services: {backend: {scaling: {cpu: 50%, memory: 60%, scaleDownAfter: 90s}}}"


def _use(found):
    spec = found["backend/horizontalpodautoscaler.yaml"]["spec"]
    return {
        each["resource"]["name"]: each["resource"]["target"]["averageUtilization"]
        for each in spec["metrics"]
    }, spec["behavior"]["scaleDown"]["stabilizationWindowSeconds"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ({"cpu": 70, "memory": 80}, 300)), (OWN, ({"cpu": 50, "memory": 60}, 90))],
)
def test_thresholds_are_the_platform_s_or_its_own(rendered, text, expected):
    """CPU at 70 % and memory at 80 % of what was requested, unless the file says otherwise."""
    assert expected == _use(rendered(text))


def test_a_long_look_back_is_cut_to_what_kubernetes_takes(rendered):
    """Kubernetes looks back for an hour at the most."""
    assert 3600 == _use(rendered("scaling: {scaleDownAfter: 2h}"))[1]


def test_it_owns_its_deployment(rendered):
    """Least, most and target are those of the service."""
    found = rendered("environments: {local: {services: {backend: {replicas: {min: 3, max: 20}}}}}")
    spec = found["backend/horizontalpodautoscaler.yaml"]["spec"]
    assert (3, 20) == (spec["minReplicas"], spec["maxReplicas"])
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "backend"}
    assert target == spec["scaleTargetRef"]


def test_one_pod_at_a_time_may_be_moved(rendered):
    """A budget selects the pods of its service alone, and ill ones hold up no node."""
    spec = rendered()["gateway/poddisruptionbudget.yaml"]["spec"]
    assert {
        "maxUnavailable": 1,
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
        "selector": {"matchLabels": {"app.kubernetes.io/name": "gateway"}},
    } == spec
