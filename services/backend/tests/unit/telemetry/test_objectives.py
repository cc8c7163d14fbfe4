"""Objectives put together from recorded series."""

import math
from typing import Any

import pytest

from groundplan_backend.errors import QueryRefused, TelemetryOff, TelemetryUnavailable
from groundplan_backend.telemetry.objectives import ObjectiveService
from groundplan_backend.telemetry.sources import Sample


class Recorded:
    """Metrics that know values by the name of a series."""

    kind = "prometheus"

    def __init__(self, values: dict[str, float]) -> None:
        self._values = values

    async def now(self, expression: str) -> list[Sample]:
        """Return the value of a series for the one objective."""
        if expression not in self._values:
            return []
        labels = {"slo": "api-availability", "service": "gateway"}
        if expression.endswith(":info"):
            labels["description"] = "What people ask for is answered"
        return [Sample(labels, self._values[expression])]


async def _one(**values: float) -> Any:
    names = {
        "left": "slo:error_budget:remaining_ratio",
        "whole": "slo:error_ratio:increase30d",
        "m5": "slo:error_ratio:rate5m",
        "h1": "slo:error_ratio:rate1h",
        "h6": "slo:error_ratio:increase6h",
        "about": "slo:objective:info",
        "seen": "slo:window:seen_ratio",
    }
    known = {"slo:objective:ratio": 0.999, **{names[key]: each for key, each in values.items()}}
    (found,) = (await ObjectiveService(Recorded(known)).objectives()).items  # type: ignore[arg-type]
    return found


async def test_a_budget_that_burns_has_an_end() -> None:
    """At twice the pace half a budget of 30 days lasts a quarter of them."""
    found = await _one(left=0.5, whole=0.0005, m5=0.01, h1=0.002)
    assert ("api-availability", "gateway", 0.999) == (found.name, found.service, found.target)
    assert (0.9995, 0.5, "burning") == (found.achieved, found.budget_left, found.state)
    rates = {one.window: one.rate for one in found.burn_rates}
    assert (10, 2, None) == (pytest.approx(rates["5m"]), pytest.approx(rates["1h"]), rates["3d"])
    assert 7.5 * 86_400 == pytest.approx(found.exhausted_in_seconds)


async def test_a_quiet_objective_is_met() -> None:
    """Without errors the budget lasts for ever; of long quiet hours the longer window tells."""
    found = await _one(left=1.0, whole=0.0, h1=math.nan, h6=0.0)
    assert ("met", None, 1.0) == (found.state, found.exhausted_in_seconds, found.achieved)


async def test_a_budget_that_is_gone_is_gone() -> None:
    """Below nothing it stays so, however well it goes now."""
    found = await _one(left=-0.2, h1=0.0)
    assert ("exhausted", 0.0, -0.2) == (found.state, found.exhausted_in_seconds, found.budget_left)


async def test_what_it_means_is_told_where_the_file_says_it() -> None:
    """A promise without a description is one all the same."""
    assert "What people ask for is answered" == (await _one(about=1.0)).description
    assert "" == (await _one()).description


async def test_a_period_that_was_seen_in_part_says_so() -> None:
    """Of three days errors weigh a tenth of the budget; what was achieved is that of the three."""
    found = await _one(left=0.8, whole=0.0002, seen=0.1)
    assert (3.0, 0.8) == (found.seen_days, found.budget_left)
    assert 0.998 == pytest.approx(found.achieved)
    assert (await _one(left=1.0, whole=0.0)).seen_days is None


async def test_what_was_never_measured_is_unknown() -> None:
    """A promise without requests is neither kept nor broken."""
    found = await _one()
    assert ("unknown", None, None) == (found.state, found.achieved, found.budget_left)


async def test_who_cannot_be_asked_says_so() -> None:
    """Nothing is set up, or what is there knows no such series."""
    with pytest.raises(TelemetryOff):
        await ObjectiveService(None).objectives()

    class Refusing(Recorded):
        async def now(self, expression: str) -> list[Sample]:
            raise QueryRefused("no")

    with pytest.raises(TelemetryUnavailable):
        await ObjectiveService(Refusing({})).objectives()  # type: ignore[arg-type]
