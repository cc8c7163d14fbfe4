"""All rules together: parsed, named once, and about what somebody shows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from groundplan.cli.render import place
from groundplan.model import alert
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import dashboards, metric, rules

ROOT = Path(__file__).resolve().parents[6]
OTHERS = ROOT / "toolkit/tests/metrics"
"""Names that programs of others show, a file a program."""
STORE = "groundplan_telemetry_dropped_records_total"
"""The store's own; it is no service of the platform."""
Made = Callable[[str], Platform]


def named(expression: str) -> set[str]:
    """Return the metrics that an expression names."""
    return set(_selected(promql_parser.parse(expression)))


def _selected(node: Any) -> Iterator[str]:
    if isinstance(node, promql_parser.VectorSelector):
        yield node.name or next(
            each.value for each in node.matchers.matchers if each.name == "__name__"
        )
    for part in ("expr", "lhs", "rhs", "vector_selector", "args"):
        below = getattr(node, part, None)
        for each in below if isinstance(below, list) else [below]:
            if each is not None and not isinstance(each, str):
                yield from _selected(each)


@pytest.mark.parametrize("environment", ["local", "prod"])
def test_every_metric_is_recorded_or_registered_or_of_others(
    platform_with: Made, environment: str
) -> None:
    """No rule asks for what nobody shows."""
    platform = platform_with("")
    listed = yaml.safe_load((ROOT / "services/contracts/signals.yaml").read_text())["metrics"]
    ours = {
        f"{name}{end}"
        for name, about in listed.items()
        for end in (("_count", "_sum", "_bucket") if about["type"] == "histogram" else ("",))
    }
    every = [rule for group in rules.groups(platform, place(platform, environment))
             for rule in group.rules]  # fmt: skip
    recorded = {str(rule.name) for rule in every} - set(alert.NAMES)
    asked = {name for rule in every for name in named(rule.expression)}
    others = {name for file in OTHERS.glob("*.txt") for name in file.read_text().split("\n")}
    assert set() == asked - recorded - ours - others - {metric.UP, STORE}
    assert "up" in asked


def test_a_metric_is_found_wherever_an_expression_hides_it() -> None:
    """The finder is awake: functions, sides, matrices, brackets and names as labels."""
    hidden = 'sum(rate(a[5m])) / (b > 0) or absent(c == 1) unless -d and {__name__=~"e"}'
    assert {"a", "b", "c", "d", "e"} == named(hidden)


def test_one_machine_and_a_cluster_ask_the_same(platform_with: Made) -> None:
    """What only clusters have comes to it; only the store is asked here alone."""
    platform = platform_with("observability: {metrics: {interval: 30s}}")
    here, there = (
        {rule.expression for rule in rules.alerts(platform, place(platform, environment))}
        for environment in ("local", "prod")
    )
    store = ("groundplan_telemetry", 'job="telemetry"')
    assert all(any(word in each for word in store) for each in here - there)


def test_all_alerts_of_the_catalogue_are_there(platform_with: Made) -> None:
    """A name without a rule would promise what nobody watches."""
    platform = platform_with("")
    assert set(alert.NAMES) == {
        each.name for each in rules.alerts(platform, place(platform, "prod"))
    }


def test_faults_that_one_machine_can_have_raise_what_is_watched_there(platform_with: Made) -> None:
    """No fault of the catalogue waits for an alert of the cluster."""
    platform = platform_with("")
    watched = {each.name for each in rules.alerts(platform, place(platform, "local"))}
    for fault, alerts in platform.objectives.faults.matrix().items():
        assert set(alerts) <= watched, fault


def test_every_alert_names_a_dashboard_that_there_is(platform_with: Made) -> None:
    """Whoever is woken opens it."""
    platform = platform_with("")
    known = {board.uid for board in dashboards.boards(platform)}
    shown = {each.dashboard for each in rules.alerts(platform, place(platform, "prod"))}
    assert set() == shown - known


def test_a_rehearsal_is_for_one_machine(platform_with: Made) -> None:
    """In a cluster times are what they are."""
    platform = platform_with("observability: {local: {scale: 20}}")
    assert 20 == rules.clock(platform, place(platform, "local")).scale
    assert 1 == rules.clock(platform, place(platform, "prod")).scale
    assert metric.UP == "up"
