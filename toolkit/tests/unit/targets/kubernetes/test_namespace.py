"""The namespace refuses what is unsafe, and has room for every service at its most."""

import pytest

PREFIX = "pod-security.kubernetes.io/"


@pytest.mark.parametrize("level", ["restricted", "baseline"])
def test_pods_are_judged_by_the_standard(rendered, level):
    """What the file says is enforced; what is stricter is always warned of and recorded."""
    found = rendered(f"security: {{podSecurity: {level}}}")
    labels = found["namespace/namespace-groundplan.yaml"]["metadata"]["labels"]
    assert level == labels[f"{PREFIX}enforce"]
    assert "restricted" == labels[f"{PREFIX}audit"] == labels[f"{PREFIX}warn"]
    assert "v1.35" == labels[f"{PREFIX}enforce-version"]


def test_the_quota_fits_the_autoscalers_while_a_release_rolls(rendered):
    """All services at their most, a quarter more, the cache and jobs find room."""
    found = rendered("environments: {local: {services: {backend: {replicas: {min: 3, max: 20}}}}}")
    hard = found["namespace/resourcequota.yaml"]["spec"]["hard"]
    most = 0
    cpu = 0
    for path, each in found.items():
        if path.endswith("/horizontalpodautoscaler.yaml"):
            copies = -(-each["spec"]["maxReplicas"] * 5 // 4)
            name = each["metadata"]["name"]
            container = found[f"{name}/deployment.yaml"]["spec"]["template"]["spec"]["containers"][
                0
            ]
            most += copies
            cpu += copies * int(container["resources"]["limits"]["cpu"].removesuffix("m"))
    assert int(hard["pods"]) > most
    assert int(hard["limits.cpu"].removesuffix("m")) > cpu
    assert "0" == hard["services.loadbalancers"] == hard["services.nodeports"]


def test_disks_of_the_cache_and_of_its_copies_fit(rendered):
    """As many claims and bytes as are asked for where no bucket takes the copies."""
    found = rendered("storage: {buckets: {backups: null}}")
    hard = found["namespace/resourcequota.yaml"]["spec"]["hard"]
    claims = [each for each in found.values() if each["kind"] == "PersistentVolumeClaim"]
    assert int(hard["persistentvolumeclaims"]) == len(claims) + 1
    assert "10Gi" == hard["requests.storage"]


def test_a_container_that_asks_for_nothing_gets_little(rendered):
    """Who forgets resources gets modest ones; none may ask for more than the largest of ours."""
    (limit,) = rendered()["namespace/limitrange.yaml"]["spec"]["limits"]
    assert {"cpu": "100m", "memory": "128Mi"} == limit["defaultRequest"]
    assert {"cpu": "1000m", "memory": "512Mi"} == limit["max"]


def test_it_is_removed_only_on_a_word(rendered):
    """Argo CD asks before it deletes what holds everything."""
    annotations = rendered()["namespace/namespace-groundplan.yaml"]["metadata"]["annotations"]
    assert "Prune=confirm,Delete=confirm" == annotations["argocd.argoproj.io/sync-options"]
