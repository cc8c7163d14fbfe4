"""The telemetry store is told what runs here, and nobody depends on it."""

import json

import pytest

from groundplan.model.platform import TELEMETRY
from groundplan.targets import local
from groundplan.targets.local import Secrets, telemetry

SECRETS = Secrets(
    "cache-canary",
    "gateway-canary",
    "encryption-canary",
    {"backend": "backend-canary", TELEMETRY: "p@ss/canary"},
    telemetry_key="key-canary",
    send_key="send-canary",
    alert_key="alert-canary",
)
OWN = """
services:
  notes: {kind: service, run: {asgi: "app:app"}, replicas: {min: 1, max: 1}}
"""
SIGNALS = "{signals: {notes: [metrics, logs]}}"
RULES = ("/data/config/rules/a.yaml",)


@pytest.fixture
def told(reference, placement, folders):
    """Return the store's settings."""
    return telemetry.settings(reference, placement, folders, RULES)


@pytest.fixture
def encrypted(reference, folders):
    """Return the store's settings where everything speaks TLS."""
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(reference))}
    placed = local.place(reference, ports, folders, encrypted=True)
    return telemetry.settings(reference, placed, folders, ())


def test_every_replica_that_shows_figures_is_asked(told, placement):
    """Jobs are components and instances are replicas, as in a cluster."""
    asked = {each["instance"]: each for each in told["scrape"]}
    assert {
        "authz-1", "authz-2", "backend-1", "backend-2", "gateway-1", "gateway-2", "telemetry-1"
    } == set(asked)  # fmt: skip
    backend = placement.replica("backend", 2).address
    assert ("backend", f"http://{backend}/metrics") == (
        asked["backend-2"]["job"], asked["backend-2"]["url"]
    )  # fmt: skip
    assert {"pod": "backend-2"} == asked["backend-2"]["labels"]
    statistics = placement.replica("gateway.statistics", 1).address
    assert f"http://{statistics}/stats/prometheus" == asked["gateway-1"]["url"]


def test_stores_nginx_and_the_machine_are_looked_at_by_exporters(told):
    """What shows no figures of its own is asked in its own words."""
    assert ("database", "cache", "node") == tuple(
        told[name]["job"] for name in ("postgres", "redis", "host")
    )
    assert ["frontend-1", "frontend-2"] == [each["instance"] for each in told["nginx"]]
    assert told["nginx"][0]["url"].startswith("unix:/run/gp/frontend-1.sock:/")


def test_every_log_is_followed_but_its_own(told):
    """A store that reads its own lines would never come to an end."""
    formats = {each["replica"]: each["format"] for each in told["logs"]}
    assert ("postgres", "redis", "json") == (
        formats["database-1"], formats["cache-1"], formats["gateway-2"]
    )  # fmt: skip
    assert not [name for name in formats if name.startswith(TELEMETRY)]
    assert "/data/logs/backend-1.log" in {each["path"] for each in told["logs"]}


def test_limits_and_intervals_are_the_files(told, reference):
    """What the file allows is what the store is told."""
    kept = reference.observability.local
    assert {"size": kept.size, "keep": kept.keep} == told["limits"]
    assert {reference.observability.metrics.interval} == {
        each["interval"] for each in (*told["scrape"], told["postgres"], told["host"])
    }
    assert list(RULES) == told["rules"]


def test_secrets_stand_in_files_of_their_own(reference, placement, folders):
    """The settings name secrets and hold none; who may read them is the owner alone."""
    files = telemetry.config(reference, placement, folders, SECRETS, RULES)
    written = {file.path: file.content for file in files}
    assert "canary" not in written[telemetry.SETTINGS]
    assert "key-canary" == written[telemetry.KEY]
    assert "alert-canary" == written[telemetry.ALERT_KEY]
    assert "send-canary" == written[telemetry.SEND_KEY]
    url = written[telemetry.DATABASE_URL]
    assert url.startswith("postgresql://telemetry:p%40ss%2Fcanary@")
    assert {0o600} == {file.mode for file in files}
    named = json.dumps(telemetry.settings(reference, placement, folders, RULES))
    assert all(f"/data/config/{path}" in named for path in written if path.startswith("secrets/"))


def test_encryption_reaches_every_way(encrypted):
    """The store shows a certificate, and believes the authority of the run."""
    assert encrypted["listen"]["certificate"].endswith("/telemetry/tls.crt")
    assert {True} == {each["url"].startswith("https://") for each in encrypted["scrape"]}
    believed = {each["authority"] for each in (*encrypted["scrape"], encrypted["alerts"])}
    assert {"/data/certificates/telemetry/ca.crt"} == believed


def test_every_gateway_takes_alerts(told, encrypted, placement):
    """One that is away makes none late, with encryption as without."""
    ways = [f"{at.address}/api/v1/incidents/alertmanager" for at in placement.of("gateway")]
    assert 2 == len(ways)
    assert [f"http://{way}" for way in ways] == told["alerts"]["urls"]
    assert [f"https://{way}" for way in ways] == encrypted["alerts"]["urls"]


def test_a_run_is_up_without_it(placement, folders):
    """Nobody waits for the store; it starts anew when what it reads has changed."""
    process = telemetry.process(placement, folders, RULES)
    assert not process.is_needed
    assert () == process.after
    assert {f"/data/config/{telemetry.SETTINGS}", *RULES} <= set(process.reads)


def test_it_looks_at_the_database_and_owns_nothing_there(reference):
    """Its role watches, with few connections."""
    account = telemetry.account(reference)
    assert (True, telemetry.CONNECTIONS) == (account.is_watcher, account.connections)


@pytest.mark.parametrize(("signals", "wanted"), [("", False), ("objectives: " + SIGNALS, True)])
def test_services_of_the_users_are_asked_where_they_show_figures(
    platform_with, folders, signals, wanted
):
    """A service whose signals name metrics is asked; one that says nothing is left alone."""
    platform = platform_with(OWN + signals)
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(platform))}
    placed = local.place(platform, ports, folders)
    found = telemetry.settings(platform, placed, folders, ())
    assert wanted == any(each["job"] == "notes" for each in found["scrape"])
    assert "notes-1" in {each["replica"] for each in found["logs"]}
