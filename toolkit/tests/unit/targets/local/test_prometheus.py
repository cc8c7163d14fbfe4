"""A Prometheus beside the platform sees what the telemetry store sees."""

import json

import pytest
import yaml

from groundplan.targets import local, monitoring
from groundplan.targets.local import Secrets, prometheus

SECRETS = Secrets("a", "b", "c", {"backend": "d"}, telemetry_key="key-canary")
RULES = ("/data/config/rules/a.yaml",)


@pytest.fixture
def placed(reference, folders):
    """Return what places the reference, with a Prometheus."""

    def place(*, encrypted=False):
        needs = local.needs(reference, prometheus=True)
        ports = {need.name: 9000 + index for index, need in enumerate(needs)}
        return local.place(reference, ports, folders, encrypted=encrypted, prometheus=True)

    return place


def test_it_has_a_port_only_where_it_is_asked_for(reference, placement, placed):
    """A platform without it is placed as ever."""
    without = {need.name for need in local.needs(reference)}
    assert {"prometheus-1"} == {n.name for n in local.needs(reference, prometheus=True)} - without
    assert 1 == len(placed().of("prometheus"))
    assert () == tuple(placement.of("prometheus"))


@pytest.mark.parametrize("encrypted", [False, True])
def test_it_scrapes_every_place_of_the_store(reference, placed, folders, encrypted):
    """What shows figures is scraped itself; what exporters say comes from the store, by key."""
    found = prometheus.collected(reference, placed(encrypted=encrypted), folders)
    assert {
        "authz",
        "backend",
        "gateway",
        "telemetry",
        "database",
        "cache",
        "node",
        "frontend",
    } == {each["job"] for each in found}
    database = next(each for each in found if each["job"] == "database")
    assert database["url"].endswith("/exporters/database-1")
    assert database["url"].startswith("https:" if encrypted else "http:")
    assert database["key_file"].endswith("secrets/telemetry.key")
    assert encrypted is bool(database["authority"])


def test_a_run_gets_it_with_its_settings(reference, placed, folders):
    """Its process reads settings and rules, is bounded as the store is, and nobody needs it."""
    placement = placed()
    targets = local.collected(reference, placement, folders)
    config = monitoring.scrape.config(targets, interval=5, rules=RULES, labels={})
    made = local.render(
        reference, placement, folders, SECRETS, rules=RULES, prometheus=json.dumps(config)
    )
    (process,) = [each for each in made.processes if each.component == "prometheus"]
    assert not process.is_needed
    assert set(RULES) < set(process.reads)
    assert "--storage.tsdb.retention.size=1073741824B" in process.arguments
    (file,) = [each for each in made.files if each.path == prometheus.SETTINGS]
    assert {"database", "backend"} < {
        j["job_name"] for j in yaml.safe_load(file.content)["scrape_configs"]
    }
    assert "canary" not in file.content


def test_without_it_nothing_is_added(reference, placement, folders):
    """A run that does not ask for it has neither its process nor its settings."""
    made = local.render(reference, placement, folders, SECRETS)
    assert "prometheus" not in {each.component for each in made.processes}
    assert prometheus.SETTINGS not in {each.path for each in made.files}
