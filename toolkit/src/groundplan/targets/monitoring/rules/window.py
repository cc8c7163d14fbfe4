"""Times in rules, and the windows over which an error budget may burn.

A rehearsal divides all of them by a scale, so that what takes hours shows within minutes.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.model.alert import Severity

MINUTE: Final = 60.0
HOUR: Final = 3600.0
DAY: Final = 86400.0
_UNITS: Final = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1))


@dataclass(frozen=True, slots=True)
class Clock:
    """Writes times; `scale` is by how much they are shortened."""

    scale: float = 1.0
    least: float = 0.0
    """Seconds that an alert waits at the least: one look that fails is no fault."""

    def seconds(self, seconds: float) -> float:
        """Return how long a time lasts here."""
        return seconds / self.scale

    def text(self, seconds: float) -> str:
        """Write a time as Prometheus reads it: 5m, 90s, 1500ms."""
        return self._written(self.seconds(seconds))

    def wait(self, seconds: float) -> str:
        """Write how long an alert waits."""
        return self._written(max(self.seconds(seconds), self.least))

    @staticmethod
    def _written(seconds: float) -> str:
        left = max(1, round(seconds * 1000))
        return next(f"{left // size}{unit}" for unit, size in _UNITS if left % size == 0)


@dataclass(frozen=True, slots=True)
class Burn:
    """How fast a budget burns when somebody must be told, over a long and a short window."""

    factor: float
    """1 spends the whole budget in 30 days."""
    long: str
    short: str
    """The same is asked of it, so that the alert ends soon after its cause."""
    severity: Severity


WINDOWS: Final = {
    "5m": 5 * MINUTE,
    "30m": 30 * MINUTE,
    "1h": HOUR,
    "6h": 6 * HOUR,
    "3d": 3 * DAY,
    "30d": 30 * DAY,
}
"""Seconds by the name that series have in theirs, whatever the scale."""

BURNS: Final = (
    Burn(14.4, "1h", "5m", Severity.PAGE),
    Burn(6.0, "6h", "30m", Severity.PAGE),
    Burn(1.0, "3d", "6h", Severity.TICKET),
)
"""Of a month's budget they spend 2%, 5% and 10% before they tell."""
