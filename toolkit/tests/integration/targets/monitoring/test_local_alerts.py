"""What fires on one machine alone, in simulated time: alerts about the store that keeps signals.

Rules are those of one machine; whatever they share with a cluster acts in `test_alerts.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

Judge = Callable[..., str]
Holds = Callable[..., bool]
Way = tuple[str, str]
SAMPLES = 120
"""One every half minute: an hour."""
STORE = 'up{job="telemetry",instance="telemetry-1"}'
SENT = 'tracing_spans_total{job="backend",outcome="sent"}'
LOST = 'groundplan_telemetry_dropped_records_total{job="telemetry",signal="logs",reason="%s"}'
FULL, DISK = LOST % "queue_full", LOST % "disk_full"


def after(samples: int, before: str, then: str) -> str:
    """Return samples that are one thing so often, then another."""
    return f"{before}x{samples - 1} {then}x{SAMPLES - samples - 1}"


WELL = {
    STORE: f"1+0x{SAMPLES}",
    SENT: f"0+300x{SAMPLES}",
    FULL: f"0+0x{SAMPLES}",
    DISK: f"7+0x{SAMPLES}",
}
"""A store that answers, and lost something long ago."""
SCENES: Mapping[str, tuple[Mapping[str, str], Mapping[float, set[str]]]] = {
    "nothing is wrong": ({}, {5: set(), 50: set()}),
    "the store has no room for lines": (
        {FULL: after(40, "0+0", "30+30")},
        {21: set(), 30: {"TelemetryDropped/ticket"}},
    ),
    "the disk does not take them": (
        {DISK: after(40, "7+0", "8+1")},
        {21: set(), 30: {"TelemetryDropped/ticket"}},
    ),
    "the store lost some at once, and none since": (
        {FULL: after(40, "0+0", "30+0")},
        {21: set(), 30: set()},
    ),
    "no store answers": (
        {STORE: after(40, "1+0", "0+0")},
        {20: set(), 22: {"TelemetryDown/ticket"}},
    ),
    "the store misses one look": (
        {STORE: "1+0x39 0 1+0x70"},
        {21: set(), 22: set()},
    ),
}


@pytest.fixture(scope="session")
def rendered(render: Callable[[str], Path]) -> Path:
    """Return the folder of one machine's rules."""
    return render("local")


@pytest.mark.parametrize("scene", SCENES)
def test_what_fires_is_what_must(judge: Judge, scene: str) -> None:
    """At each minute these alerts fire and no others."""
    changes, expected = SCENES[scene]
    assert "" == judge({**WELL, **changes}, expected, "telemetry")


def test_every_way_that_only_one_machine_has_is_in_a_scene(
    holds: Holds, render: Callable[[str], Path], rendered: Path
) -> None:
    """Each side of an alert that a cluster's rules lack acts, and is silent while all is well."""
    ways = _ways(rendered) - _ways(render("prod"))
    assert {"TelemetryDropped", "TelemetryDown"} == {name for name, _ in ways}
    for name, way in ways:
        assert holds(WELL, {way: 50.0}, "telemetry", wanted=False)
        acted = [
            (changes, minute)
            for changes, expected in SCENES.values()
            for minute, alerts in expected.items()
            if f"{name}/ticket" in alerts
        ]
        assert any(holds({**WELL, **c}, {way: at}, "telemetry", wanted=True) for c, at in acted)


def test_the_judge_is_awake(judge: Judge) -> None:
    """Negative control: an alert that is expected and silent is told, and one that fires."""
    assert "TelemetryDown" in judge(WELL, {20: {"TelemetryDown/ticket"}}, "telemetry")
    gone = {**WELL, STORE: f"0+0x{SAMPLES}"}
    assert "TelemetryDown" in judge(gone, {20: set()}, "telemetry")


def _ways(folder: Path) -> set[Way]:
    """Return every way in which an alert of a folder may fire, by its name."""
    rules = [
        rule
        for path in folder.glob("rules/*.yaml")
        for group in yaml.safe_load(path.read_text())["groups"]
        for rule in group["rules"]
        if "alert" in rule
    ]
    return {(rule["alert"], way) for rule in rules for way in _sides(rule["expr"])}


def _sides(expression: str) -> Iterator[str]:
    """Yield what stands between the `or`s of an expression."""
    waiting: list[Any] = [promql_parser.parse(expression)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, promql_parser.BinaryExpr) and str(node.op) == "or":
            waiting += [node.lhs, node.rhs]
        else:
            yield str(node.prettify())
