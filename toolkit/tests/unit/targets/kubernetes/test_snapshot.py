"""The cron jobs of the cache as objects; their scripts run in the integration test."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import snapshot


def _pods(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        each["metadata"]["name"]: each["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        for each in found
        if each["kind"] == "CronJob"
    }


def test_a_copy_is_proved_after_it_was_made(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Every day at two and at three, from one volume that only the first may write."""
    found = valid(snapshot.objects(reference, in_cluster(reference)))
    schedules = {
        each["metadata"]["name"]: each["spec"]["schedule"]
        for each in found
        if each["kind"] == "CronJob"
    }
    assert {"cache-backup": "0 2 * * *", "cache-restore-check": "0 3 * * *"} == schedules
    read_only = {
        name: mount["readOnly"]
        for name, pod in _pods(found).items()
        for mount in pod["containers"][0]["volumeMounts"]
        if mount["mountPath"] == snapshot.FOLDER
    }
    assert {"cache-backup": False, "cache-restore-check": True} == read_only


def test_the_copies_are_not_removed_with_the_file(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The volume holds data: it goes only when somebody says so."""
    (claim,) = [
        each
        for each in valid(snapshot.objects(reference, in_cluster(reference)))
        if each["kind"] == "PersistentVolumeClaim"
    ]
    assert {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"} == claim[
        "metadata"
    ]["annotations"]
    assert "5Gi" == claim["spec"]["resources"]["requests"]["storage"]


def test_only_who_copies_knows_the_password(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The proof asks nobody: it mounts no secret."""
    secrets = {
        name: {each["secret"]["secretName"] for each in pod["volumes"] if "secret" in each}
        for name, pod in _pods(valid(snapshot.objects(reference, in_cluster(reference)))).items()
    }
    assert {
        "cache-backup": {"cache-secrets", "cache-tls"},
        "cache-restore-check": set(),
    } == secrets


@pytest.mark.parametrize(("encrypted", "expected"), [(True, True), (False, False)])
def test_the_cache_is_asked_as_it_listens(
    encrypted: bool,
    expected: bool,
    reference: Platform,
    in_cluster: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """By TLS, with our authority, where traffic is encrypted."""
    pods = _pods(valid(snapshot.objects(reference, in_cluster(reference, encrypted=encrypted))))
    script = pods["cache-backup"]["containers"][0]["command"][2]
    assert expected == ("--tls --cacert /etc/groundplan/tls/ca.crt" in script)
