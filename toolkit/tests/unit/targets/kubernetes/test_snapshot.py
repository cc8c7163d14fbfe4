"""The cron jobs of the cache as objects; their scripts run in the integration test."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import snapshot

Rendered = Callable[..., list[dict[str, Any]]]
WITHOUT = "storage: {buckets: {backups: null}}"


@pytest.fixture
def rendered(
    platform_with: Callable[[str], Platform],
    in_cluster: Callable[..., Any],
    valid: Callable[..., Any],
) -> Rendered:
    """Return the objects of the reference with a few lines laid over it."""

    def made(text: str = "", **changes: Any) -> list[dict[str, Any]]:
        platform = platform_with(text)
        found: list[dict[str, Any]] = valid(
            snapshot.objects(platform, in_cluster(platform, **changes))
        )
        return found

    return made


def _pods(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        each["metadata"]["name"]: each["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        for each in found
        if each["kind"] == "CronJob"
    }


def _steps(pod: dict[str, Any]) -> list[dict[str, Any]]:
    return [*pod.get("initContainers", ()), *pod["containers"]]


def _volumes(pod: dict[str, Any]) -> dict[str, str]:
    return {
        each["name"]: each["persistentVolumeClaim"]["claimName"]
        if "persistentVolumeClaim" in each
        else next(key for key in each if key != "name")
        for each in pod["volumes"]
        if each["name"] in ("backups", "data")
    }


def test_a_copy_is_proved_after_it_was_made(rendered: Rendered) -> None:
    """Every day at two and at three; putting one back is left to a person."""
    schedules = {
        each["metadata"]["name"]: (each["spec"]["schedule"], each["spec"].get("suspend", False))
        for each in rendered()
        if each["kind"] == "CronJob"
    }
    assert {
        "cache-backup": ("0 2 * * *", False),
        "cache-restore-check": ("0 3 * * *", False),
        "cache-restore": ("0 0 31 2 *", True),
    } == schedules


def test_copies_leave_the_zone(rendered: Rendered) -> None:
    """They go through a folder of the pod to the bucket; what is proved was fetched from there."""
    pods = _pods(rendered(outputs={"backups_bucket_name": "shop-prod-backups-1"}))
    assert {
        "cache-backup": ["copy", "send"],
        "cache-restore-check": ["fetch", "prove"],
        "cache-restore": ["fetch", "lay"],
    } == {name: [step["name"] for step in _steps(pod)] for name, pod in pods.items()}
    assert {"emptyDir"} == {_volumes(pod)["backups"] for pod in pods.values()}
    told = {each["name"]: each["value"] for each in _steps(pods["cache-backup"])[1]["env"]}
    assert "https://shop-prod-backups-1.s3.us-east-1.amazonaws.com" == told["COPIES_URL"]
    assert "us-east-1" == told["AWS_REGION"]


def test_before_terraform_the_bucket_is_unknown(rendered: Rendered) -> None:
    """It is called by the word that no delivery accepts."""
    (step,) = [step for step in _steps(_pods(rendered())["cache-backup"]) if step.get("env")]
    assert "not-applied" in next(each["value"] for each in step["env"])


def test_the_client_of_the_bucket_is_the_backend(rendered: Rendered) -> None:
    """Only its image can; who makes, reads and lays copies is the cache's own."""
    for name, pod in _pods(rendered()).items():
        for step in _steps(pod):
            is_client = step["name"] in ("send", "fetch")
            assert is_client == ("/backend:" in step["image"]), (name, step["name"])


def test_a_copy_is_put_back_where_the_cache_stands(rendered: Rendered) -> None:
    """On its node, the only one that shares its disk."""
    pod = _pods(rendered())["cache-restore"]
    (term,) = pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert "kubernetes.io/hostname" == term["topologyKey"]
    assert {"app.kubernetes.io/name": "cache"} == term["labelSelector"]["matchLabels"]
    assert "data-cache-0" == _volumes(pod)["data"]


def test_without_the_bucket_copies_stay_on_a_disk(rendered: Rendered) -> None:
    """In the cache's zone, so that they can be put back; only who copies may write it."""
    found = rendered(WITHOUT)
    pods = _pods(found)
    assert [["copy"], ["prove"], ["lay"]] == [
        [step["name"] for step in _steps(pod)] for pod in pods.values()
    ]
    assert {"cache-backups"} == {_volumes(pod)["backups"] for pod in pods.values()}
    assert [False, True, True] == [
        mount["readOnly"]
        for pod in pods.values()
        for mount in pod["containers"][0]["volumeMounts"]
        if mount["mountPath"] == snapshot.FOLDER
    ]
    affinity = pods["cache-backup"]["affinity"]["podAffinity"]
    (term,) = affinity["requiredDuringSchedulingIgnoredDuringExecution"]
    assert "topology.kubernetes.io/zone" == term["topologyKey"]


def test_the_disk_of_copies_is_not_removed_with_the_file(rendered: Rendered) -> None:
    """The volume holds data: it goes only when somebody says so; with a bucket there is none."""
    (claim,) = [each for each in rendered(WITHOUT) if each["kind"] == "PersistentVolumeClaim"]
    assert {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"} == claim[
        "metadata"
    ]["annotations"]
    assert "5Gi" == claim["spec"]["resources"]["requests"]["storage"]
    assert "PersistentVolumeClaim" not in {each["kind"] for each in rendered()}


def test_only_who_copies_knows_the_password(rendered: Rendered) -> None:
    """The proof and the way back ask nobody, and who sends mounts no secret."""
    pods = _pods(rendered())
    secrets = {
        name: {each["secret"]["secretName"] for each in pod["volumes"] if "secret" in each}
        for name, pod in pods.items()
    }
    assert {
        "cache-backup": {"cache-secrets", "cache-tls"},
        "cache-restore-check": set(),
        "cache-restore": set(),
    } == secrets
    sending = _steps(pods["cache-backup"])[1]["volumeMounts"]
    assert not {each["name"] for each in sending} & {"secrets", "tls"}


@pytest.mark.parametrize("encrypted", [True, False])
def test_the_cache_is_asked_as_it_listens(encrypted: bool, rendered: Rendered) -> None:
    """By TLS, with our authority, where traffic is encrypted."""
    pods = _pods(rendered(encrypted=encrypted))
    script = _steps(pods["cache-backup"])[0]["command"][2]
    assert encrypted == ("--tls --cacert /etc/groundplan/tls/ca.crt" in script)
