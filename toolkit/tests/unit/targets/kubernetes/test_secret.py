"""Secrets: exactly the files that each component reads, and no value anywhere."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model import flow
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes import secret

OUTPUTS = {
    "database_endpoint": "db.example",
    "database_secret_arn": "arn:aws:sm:secret",
    "database_replica_endpoints": "one.example:5432,two.example:5432",
}
OWN = "services: {shop: {kind: service, run: {command: [shop]%s}, calls: [database, cache]}}"


@pytest.fixture
def files(
    in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> Callable[..., dict[str, str]]:
    """Return what gives the files of a component's Secret as templates."""

    def templates(platform: Platform, component: str, **changes: Any) -> dict[str, str]:
        placed = in_cluster(platform, outputs=OUTPUTS, **changes)
        objects = [each for held in secret.objects(platform, placed).values() for each in held]
        (found,) = [
            each for each in valid(objects) if each["metadata"]["name"] == secret.name(component)
        ]
        return dict(found["spec"]["target"]["template"]["data"])

    return templates


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (
            "backend",
            {
                "gateway-key",
                "key-encryption-key",
                "database-url",
                "redis-url",
                "telemetry-key",
                "alerts-key",
            },
        ),
        ("authz", {"gateway-key", "redis-url"}),
        ("gateway", {"gateway-key"}),
        (CACHE, {"password", "users.acl"}),
        (flow.ACCOUNTS, {"administration-url", "database-backend", "database-exporter"}),
        (flow.CACHE_EXPORTER, {"passwords.json"}),
        (flow.DATABASE_EXPORTER, {"password"}),
        ("migrate-backend", {"database-url", "administrator.json"}),
    ],
)
def test_a_component_gets_the_files_that_it_reads(
    component: str, expected: set[str], reference: Platform, files: Callable[..., dict[str, str]]
) -> None:
    """No more: the gateway learns no password, the migration no key."""
    assert expected == set(files(reference, component))


def test_the_exporter_finds_the_password_by_the_address_that_it_asks(
    reference: Platform, files: Callable[..., dict[str, str]]
) -> None:
    """With the name of its user in it, and without: its versions differ."""
    held = json.loads(files(reference, flow.CACHE_EXPORTER)["passwords.json"])
    where = "cache.groundplan.svc.cluster.local:6379"
    assert {f"rediss://exporter@{where}", f"rediss://{where}"} == set(held)
    assert {"{{ .cache_password }}"} == set(held.values())


def test_what_shows_only_a_page_gets_no_secret(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """The frontend has none, and whoever mounts secrets can ask so."""
    assert "frontend" not in secret.objects(reference, in_cluster(reference))
    assert not secret.has_files(reference, "frontend")
    assert secret.has_files(reference, "gateway")


def test_addresses_verify_whom_they_reach(
    reference: Platform, files: Callable[..., dict[str, str]]
) -> None:
    """PostgreSQL by the authorities of RDS, Redis by ours; passwords are escaped."""
    found = files(reference, "backend")
    assert (
        'postgresql://backend:{{ .database_backend | urlquery | replace "+" "%20" }}'
        "@db.example:5432/backend"
        "?sslmode=verify-full&sslrootcert=/etc/ssl/rds/global-bundle.pem"
    ) == found["database-url"]
    assert (
        'rediss://:{{ .cache_password | urlquery | replace "+" "%20" }}'
        "@cache.groundplan.svc.cluster.local:6379/0"
    ) == found["redis-url"]


def test_read_replicas_are_one_address_of_the_backend(
    platform_with: Callable[[str], Platform], files: Callable[..., dict[str, str]]
) -> None:
    """All of them, in the order of their numbers; a program of the user's gets none."""
    with_replicas = platform_with(f"database: {{readReplicas: 2}}\n{OWN % ''}")
    found = files(with_replicas, "backend")["database-replica-url"]
    assert "@one.example:5432,two.example:5432/backend?sslmode=verify-full" in found
    assert "database-replica-url" not in files(with_replicas, "shop")


def test_unencrypted_redis_is_asked_unencrypted(
    reference: Platform, files: Callable[..., dict[str, str]]
) -> None:
    """The scheme follows the placement."""
    assert files(reference, "backend", encrypted=False)["redis-url"].startswith("redis://")


@pytest.mark.parametrize(
    ("image", "mode"), [("", "sslmode=verify-full"), (", image: shop:1", "sslmode=require")]
)
def test_a_program_of_the_users_gets_the_stores_that_it_calls(
    image: str,
    mode: str,
    platform_with: Callable[[str], Platform],
    files: Callable[..., dict[str, str]],
) -> None:
    """Its keys in the cache stand apart; an image of a stranger has no authorities of RDS."""
    found = files(platform_with(OWN % image), "shop")
    assert {"database-url", "redis-url"} == set(found)
    assert found["redis-url"].endswith(":6379/1")
    assert mode in found["database-url"]


def test_each_template_names_only_values_that_are_fetched(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """A template with a value that nobody fetches would make a Secret that says `<no value>`."""
    objects = secret.objects(reference, in_cluster(reference)).values()
    for each in valid(each for held in objects for each in held):
        if each["kind"] == "ExternalSecret":
            templates = " ".join(each["spec"]["target"]["template"]["data"].values())
            named = set(re.findall(r"{{ \.(\w+)", templates))
            assert named == {value["secretKey"] for value in each["spec"]["data"]}


def test_before_an_apply_names_say_so(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """What Terraform has not made is called by a name that no delivery accepts."""
    objects = secret.objects(reference, in_cluster(reference))["namespace"]
    (accounts,) = [
        each for each in valid(objects) if each["metadata"]["name"] == "accounts-secrets"
    ]
    url = accounts["spec"]["target"]["template"]["data"]["administration-url"]
    assert "@not-applied.invalid:5432/postgres?" in url
    assert "not-applied" == accounts["spec"]["data"][0]["remoteRef"]["key"]


def test_a_secret_outlives_the_loss_of_its_source(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Fetched every hour, kept when AWS does not answer or the secret is gone."""
    (found,) = valid(secret.objects(reference, in_cluster(reference))["gateway"])
    assert ("1h", "Retain") == (
        found["spec"]["refreshInterval"],
        found["spec"]["target"]["deletionPolicy"],
    )
    (source,) = found["spec"]["data"]
    assert {"key": "groundplan-prod/gateway-key"} == source["remoteRef"]


def test_the_one_who_copies_the_cache_may_do_nothing_else(
    reference: Platform, files: Callable[..., dict[str, str]]
) -> None:
    """Everybody else may not copy: only digests of the password stand in the file."""
    everybody, copier, asking = files(reference, CACHE)["users.acl"].splitlines()
    assert "-@admin -@dangerous" in everybody
    assert copier.endswith("-@all +sync +psync +replconf +ping")
    assert asking.endswith("-@all +info +ping +slowlog|len")
    assert "~" not in copier + asking
