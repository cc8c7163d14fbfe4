"""The cache: one Redis that keeps its disk."""

from groundplan.targets.kubernetes import cache


def test_the_disk_outlives_the_pod_and_the_set(rendered):
    """Its claim is encrypted storage of the file's size and is never deleted with it."""
    spec = rendered("cache: {persistence: {size: 7Gi}}")["cache/statefulset.yaml"]["spec"]
    (claim,) = spec["volumeClaimTemplates"]
    assert "7Gi" == claim["spec"]["resources"]["requests"]["storage"]
    assert "groundplan-encrypted" == claim["spec"]["storageClassName"]
    kept = {"whenDeleted": "Retain", "whenScaled": "Retain"}
    assert kept == spec["persistentVolumeClaimRetentionPolicy"]
    assert 1 == spec["replicas"]


def test_without_persistence_it_has_no_disk(rendered):
    """What need not be kept stands in a folder of the pod."""
    spec = rendered("cache: {persistence: {enabled: false}}")["cache/statefulset.yaml"]["spec"]
    assert "volumeClaimTemplates" not in spec
    volumes = {each["name"]: each for each in spec["template"]["spec"]["volumes"]}
    assert "emptyDir" in volumes["data"]


def test_probes_ask_redis_itself_and_know_no_password(rendered):
    """They ask over TLS, as a user who may only be answered."""
    (container,) = rendered()["cache/statefulset.yaml"]["spec"]["template"]["spec"]["containers"]
    for word in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = container[word]["exec"]["command"][-1]
        assert "--user probe" in asked
        assert "--tls --cacert /etc/groundplan/tls/ca.crt" in asked
        assert "password" not in asked


def test_a_copy_that_waits_is_taken_before_redis_begins(rendered):
    """By the cache's own image, with its disk and no secret; without a disk there is nothing."""
    pod = rendered()["cache/statefulset.yaml"]["spec"]["template"]["spec"]
    (taking,), (container,) = pod["initContainers"], pod["containers"]
    assert container["image"] == taking["image"]
    assert {"data", "tmp", "run"} == {each["name"] for each in taking["volumeMounts"]}
    bare = rendered("cache: {persistence: {enabled: false}}")["cache/statefulset.yaml"]
    assert "initContainers" not in bare["spec"]["template"]["spec"]


def test_its_disk_is_called_as_jobs_call_it(rendered):
    """The claim's name follows from the set's and the template's."""
    found = rendered()["cache/statefulset.yaml"]
    (claim,) = found["spec"]["volumeClaimTemplates"]
    assert f"{claim['metadata']['name']}-{found['metadata']['name']}-0" == cache.CLAIM


def test_it_has_one_address_and_a_name_for_its_pod(rendered):
    """Callers use the one; the set uses the other."""
    found = rendered()
    assert "clusterIP" not in found["cache/service.yaml"]["spec"]
    assert "None" == found["cache/service-pods.yaml"]["spec"]["clusterIP"]
    assert "cache-pods" == found["cache/statefulset.yaml"]["spec"]["serviceName"]
