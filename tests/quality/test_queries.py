"""Everything that rules, dashboards and pages ask, the store of one machine can answer.

A real Prometheus is compared with the store in the store's own tests.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.targets import monitoring
from groundplan.targets.monitoring import dashboards
from groundplan.targets.monitoring.dashboards.board import RATE, questions
from groundplan_backend.telemetry import charts, glance
from groundplan_telemetry.metrics import query
from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.promql import aggregation, evaluate, functions, rises, window
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import Samples

ROOT = Path(__file__).parents[2]


class Nothing:
    """A source without samples."""

    def select(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Samples]:
        """Return nothing."""
        return []

    def tables(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Table]:
        """Return nothing."""
        return []


def _rules(environment: str) -> Iterator[str]:
    platform = load(ROOT / "platform.yaml", environment)
    for file in monitoring.rules.render(platform, place(platform, environment)):
        for group in yaml.safe_load(file.content)["groups"]:
            yield from (rule["expr"] for rule in group["rules"])


def _refused(asked: str) -> str:
    try:
        query.over(Nothing(), asked.replace(RATE, "5m"), 0, 60_000, 15_000)
    except QueryError as error:
        return f"{asked}: {error}"
    return ""


@pytest.mark.parametrize("environment", ["local", "prod"])
def test_every_rule_can_be_judged(environment: str) -> None:
    """No rule asks for something that the store does not know."""
    found = list(_rules(environment))
    assert len(found) > 30
    assert [] == [said for asked in found if (said := _refused(asked))]


def test_every_question_of_a_dashboard_can_be_answered() -> None:
    """Dashboards are of a cluster, and what they ask works here as well."""
    platform = load(ROOT / "platform.yaml", "prod")
    found = [asked for board in dashboards.boards(platform) for asked in questions(board)]
    assert len(found) > 30
    assert [] == [said for asked in found if (said := _refused(asked))]


def test_every_chart_of_the_console_can_be_drawn() -> None:
    """What the backend asks on behalf of pages works, for any service."""
    found = [charts.written(each.expression, "backend", 60) for each in charts.CHARTS.values()]
    found += glance.expressions("5m").values()
    assert len(found) > 25
    assert [] == [said for asked in found if (said := _refused(asked))]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ("Aggregations", {*aggregation.FOLDS, "quantile", "topk", "bottomk", "count_values"}),
        (
            "Over ranges",
            {*rises.NAMES, *window.FUNCTIONS, *evaluate.PARAMETERS, "absent_over_time"},
        ),
        ("Of dates", {*functions.DATES}),
    ],
)
def test_the_page_names_what_is_supported(row: str, known: set[str]) -> None:
    """What the page says of functions is what the code has."""
    page = (ROOT / "docs/reference/promql.md").read_text()
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {row} ")]
    words = {word for code in re.findall("`([^`]+)`", line) for word in code.split()}
    assert known == words - {"by", "without"}


def test_what_cannot_be_answered_is_found() -> None:
    """The check is awake."""
    assert "info" in _refused("info(up)")
    assert "up +" in _refused("up +")
