"""The objectives: what was promised, what is kept of it, and how long the budget will last.

Rules record all of it ahead (`slo:*`), in the store of one machine as in a cluster; here it is
only put together. Of a period of 30 days, a burn rate of 1 uses up the whole budget.
"""

import asyncio
import math
from collections.abc import Mapping
from typing import Final, Literal

from groundplan_backend.errors import QueryRefused, TelemetryOff, TelemetryUnavailable
from groundplan_backend.telemetry import metric_schemas as schemas
from groundplan_backend.telemetry.ask import within
from groundplan_backend.telemetry.sources import Metrics, Sample

PERIOD_DAYS: Final = 30
_DAY: Final = 86_400
_TARGET: Final = "slo:objective:ratio"
_ABOUT: Final = "slo:objective:info"
_LEFT: Final = "slo:error_budget:remaining_ratio"
_WHOLE: Final = "slo:error_ratio:increase30d"
_SEEN: Final = "slo:window:seen_ratio"
_WINDOWS: Final = {
    "5m": "slo:error_ratio:rate5m",
    "30m": "slo:error_ratio:rate30m",
    "1h": "slo:error_ratio:rate1h",
    "6h": "slo:error_ratio:increase6h",
    "3d": "slo:error_ratio:increase3d",
}
_PACE: Final = ("1h", "6h")
"""The windows that tell how long the budget lasts, the first of them that was measured."""

State = Literal["met", "burning", "exhausted", "unknown"]
Found = Mapping[str, Mapping[str, Sample]]


class ObjectiveService:
    """Answers with the objectives."""

    def __init__(self, metrics: Metrics | None) -> None:
        self._metrics = metrics

    async def objectives(self) -> schemas.ObjectivePage:
        """Return all objectives, by name.

        Raises:
            TelemetryOff, TelemetryUnavailable: nobody can be asked, or nobody answers.
        """
        if self._metrics is None:
            raise TelemetryOff("METRICS_URL is not set: nothing measures objectives here")
        names = [_TARGET, _ABOUT, _LEFT, _WHOLE, _SEEN, *_WINDOWS.values()]
        try:
            answers = await within(asyncio.gather(*(self._metrics.now(name) for name in names)))
        except QueryRefused as error:
            raise TelemetryUnavailable(f"metrics: {error.detail}") from error
        found = {
            name: {one.labels.get("slo", ""): one for one in answer}
            for name, answer in zip(names, answers, strict=True)
        }
        return schemas.ObjectivePage(
            items=[_objective(name, found) for name in sorted(found[_TARGET])], next=None
        )


def _objective(name: str, found: Found) -> schemas.Objective:
    promised = found[_TARGET][name]
    budget = 1 - promised.value
    burns = {
        window: _burn(_value(found, series, name), budget) for window, series in _WINDOWS.items()
    }
    about = found[_ABOUT].get(name)
    bad, seen = _value(found, _WHOLE, name), _value(found, _SEEN, name)
    left = _value(found, _LEFT, name)
    pace = next((burns[window] for window in _PACE if burns[window] is not None), None)
    return schemas.Objective(
        name=name,
        service=promised.labels.get("service", ""),
        description=about.labels.get("description", "") if about is not None else "",
        target=promised.value,
        period_days=PERIOD_DAYS,
        seen_days=None if seen is None else round(seen * PERIOD_DAYS, 2),
        achieved=_achieved(bad, seen),
        budget_left=left,
        burn_rates=[schemas.BurnRate(window=each, rate=rate) for each, rate in burns.items()],
        exhausted_in_seconds=_lasts(left, pace),
        state=_state(left, pace),
    )


def _achieved(bad: float | None, seen: float | None) -> float | None:
    """Return the share that was good of what was seen; rules weigh errors by how much that is."""
    if bad is None:
        return None
    return 1 - min(1.0, bad / seen) if seen else 1 - bad


def _value(found: Found, series: str, name: str) -> float | None:
    sample = found[series].get(name)
    return sample.value if sample is not None and math.isfinite(sample.value) else None


def _burn(bad: float | None, budget: float) -> float | None:
    return None if bad is None or budget <= 0 else bad / budget


def _lasts(left: float | None, pace: float | None) -> float | None:
    """Return the seconds until nothing is left, None while nothing is used up."""
    if left is None:
        return None
    if left <= 0:
        return 0.0
    return left * PERIOD_DAYS * _DAY / pace if pace else None


def _state(left: float | None, pace: float | None) -> State:
    if left is not None and left <= 0:
        return "exhausted"
    if pace is not None and pace > 1:
        return "burning"
    return "unknown" if left is None else "met"
