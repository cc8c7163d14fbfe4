"""What happens to data before a release."""

import json
from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import job

SHOP = """
services:
  web-shop:
    {kind: service, run: {command: [shop]}, calls: [database], replicas: {min: 1, max: %d}}
"""
WAVE = "argocd.argoproj.io/sync-wave"


def _waves(found: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    return {
        (each["kind"], each["metadata"]["name"]): int(each["metadata"]["annotations"][WAVE])
        for each in found
        if WAVE in each["metadata"].get("annotations", {})
    }


def test_accounts_come_before_migrations(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Three waves: what the accounts are, the accounts, then each backend's migration."""
    found = valid(job.objects(reference, in_cluster(reference))[job.FOLDER])
    assert {
        ("ConfigMap", "accounts"): -3,
        ("Job", "accounts"): -2,
        ("Job", "migrate-backend"): -1,
    } == _waves(found)


def test_what_they_need_to_start_stands_with_the_namespace(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """A hook runs before its own folder is there, so its accounts may not be in it."""
    found = valid(job.objects(reference, in_cluster(reference))[job.NAMESPACE])
    assert [("ServiceAccount", "accounts"), ("ServiceAccount", "migrate-backend")] == [
        (each["kind"], each["metadata"]["name"]) for each in found
    ]


def test_each_account_has_room_for_all_replicas(
    platform_with: Callable[[str], Platform],
    in_cluster: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """Those at the most and one that a release runs beside them, never more than there are."""
    platform = platform_with(SHOP % 3)
    (settings,) = [
        each
        for each in valid(job.objects(platform, in_cluster(platform))[job.FOLDER])
        if each["kind"] == "ConfigMap"
    ]
    assert [
        {
            "name": "web_shop",
            "connections": 24,
            "statement_timeout_ms": 5000,
            "password_file": "/etc/groundplan/secrets/database-web-shop",
            "audit": False,
        }
    ] == json.loads(settings["data"]["accounts.json"])[1:-1]
    busy = platform_with(SHOP % 500)
    assert busy.database.max_connections == job.accounts(busy)[1]["connections"]


def test_who_reads_figures_has_few_connections_and_no_database_of_others(
    reference: Platform,
) -> None:
    """The exporter's account may see how the server is, and stands last."""
    *_, found = job.accounts(reference)
    assert ("exporter", 5, True) == (found["name"], found["connections"], found["monitors"])


def test_a_job_runs_the_backends_image_with_its_secrets_alone(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The migration mounts its own Secret and not the one of the backend."""
    placed = in_cluster(reference, images={"backend": "registry/backend@sha256:aa"})
    (found,) = [
        each
        for each in valid(job.objects(reference, placed)[job.FOLDER])
        if each["metadata"]["name"] == "migrate-backend"
    ]
    spec = found["spec"]["template"]["spec"]
    assert "registry/backend@sha256:aa" == spec["containers"][0]["image"]
    assert ["python3", "-m", "groundplan_backend", "migrate"] == spec["containers"][0]["command"]
    assert {"migrate-backend-secrets"} == {
        each["secret"]["secretName"] for each in spec["volumes"] if "secret" in each
    }


def test_where_nothing_is_kept_there_are_no_jobs(
    platform_with: Callable[[str], Platform], in_cluster: Callable[..., Any]
) -> None:
    """A cache without a disk is not copied; a database that nobody calls has no accounts."""
    platform = platform_with(
        "cache: {persistence: {enabled: false}}\nservices: {backend: {calls: [cache]}}"
    )
    assert {} == job.objects(platform, in_cluster(platform))
