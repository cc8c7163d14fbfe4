"""All dashboards: they parse, they ask for what is there, and alerts find them by their names."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import dashboards, rules
from groundplan.targets.monitoring.dashboards.board import Board, Row, series
from groundplan.targets.monitoring.rules.rule import Record

ROOT = Path(__file__).parents[6]
OURS = ROOT / "services" / "contracts" / "signals.yaml"
OTHERS = Path(__file__).parents[4] / "metrics"
"""Names that programs of others show, a file a program."""
SUFFIXES = {"histogram": ("_bucket", "_count", "_sum"), "summary": ("_count", "_sum")}
ITSELF = {"up", "ALERTS"}
"""What Prometheus makes itself."""
Asked = Callable[[Board], dict[str, set[str]]]


def shown(platform: Platform, placement: Any) -> set[str]:
    """Return every name that something shows or a rule records."""
    names = set(ITSELF)
    for name, said in yaml.safe_load(OURS.read_text())["metrics"].items():
        names |= {name, *(f"{name}{each}" for each in SUFFIXES.get(said["type"], ()))}
    for file in OTHERS.glob("*.txt"):
        lines = file.read_text().splitlines()
        names |= {line for line in lines if line and not line.startswith("#")}
    for group in rules.groups(platform, placement):
        names |= {rule.name for rule in group.rules if isinstance(rule, Record)}
    return names


@pytest.fixture
def known(reference: Platform, clustered: Callable[..., Any]) -> set[str]:
    """Return every name that a dashboard may ask for."""
    return shown(reference, clustered(reference))


def test_every_metric_exists(reference: Platform, asked: Asked, known: set[str]) -> None:
    """In the registry of signals, in the list of an exporter, or as what a rule records."""
    for board in dashboards.boards(reference):
        for question, names in asked(board).items():
            assert names, (board.uid, question)
            assert set() == names - known, (board.uid, question)


def test_a_metric_that_nobody_shows_is_found(asked: Asked, known: set[str]) -> None:
    """Negative control: one letter more, deep in a question."""
    wrong = 'sum(rate(sign_ins_total[5m])) / histogram_quantile(0.9, rate(upp_bucket{a="1"}[5m]))'
    rows = (Row("x", (series("x", (wrong, "")),)),)
    (names,) = asked(Board(uid="x", title="x", description="", rows=rows)).values()
    assert {"upp_bucket"} == names - known


def test_a_question_that_prometheus_refuses_is_found(asked: Asked) -> None:
    """Negative control: a rate of what is no range."""
    rows = (Row("x", (series("x", ("rate(up)", "")),)),)
    with pytest.raises(ValueError, match="expected type matrix"):
        asked(Board(uid="x", title="x", description="", rows=rows))


def test_each_is_there_once_and_readable(reference: Platform) -> None:
    """One for the platform, each service, each store, the cluster, objectives, cost and people."""
    found = dashboards.render(reference)
    expected = {"platform", "services", "gateway", "database", "cache", "cluster", "slos", "cost"}
    assert expected | {"business"} | {f"service-{name}" for name in reference.services} == set(
        found
    )
    uids = [json.loads(text)["uid"] for text in found.values()]
    assert len(set(uids)) == len(uids)
    assert all(len(uid) <= 40 for uid in uids)


def test_alerts_name_dashboards_that_exist(
    reference: Platform, clustered: Callable[..., Any]
) -> None:
    """A page at night leads somewhere."""
    named = {each.dashboard for each in rules.alerts(reference, clustered(reference))}
    assert named
    assert set() == named - set(dashboards.render(reference))


def test_a_service_of_the_users_has_one(platform_with: Callable[[str], Platform]) -> None:
    """With what the gateway sees of it, and its pods."""
    platform = platform_with(
        "services: {shop: {kind: service, run: {command: [s]}, routes: [/api/shop]}}"
    )
    found = json.loads(dashboards.render(platform)["service-shop"])
    titles = [each["title"] for each in found["panels"] if each["type"] == "row"]
    assert ["Now", "As the gateway sees it", "Pods"] == titles
