"""What a month brings, where the file promises a rate and nobody has measured.

The rate of `objectives.api.throughput` is what must be withstood, not what comes. Every share
below is an assumption and is written beside the lines that use it.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.cost.amount import Range
from groundplan.model.platform import Platform

HOURS: Final = 730.0
"""Hours of a month, as AWS counts."""
SECONDS: Final = HOURS * 3600
GB: Final = 1e9
USED: Final = Range(0.01, 0.05, 0.25)
"""The share of the promised rate that comes over the month; a quarter is a daily peak at it."""
ANSWER: Final = Range(2e3, 6e3, 20e3)
"""Bytes of a compressed answer."""
LOGGED: Final = Range(300, 600, 1500)
"""Bytes that services log for a request."""
FLOW: Final = Range(100, 250, 600)
"""Bytes of flow logs for a request; records are for connections, and most are reused."""
INSIDE: Final = Range(3, 5, 8)
"""Times that the bytes of an answer go between pods, cache and database."""
NODE_OUT: Final = Range(2, 10, 40)
"""GB a month that a node fetches from or sends to the internet."""
COMPRESSED: Final = 0.15
"""What logs shrink to when they are kept."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """A month's traffic."""

    requests: Range
    rate: float
    """Requests a second that the file promises."""

    @property
    def millions(self) -> Range:
        """Millions of requests."""
        return self.requests * 1e-6

    @property
    def answered(self) -> Range:
        """GB of answers."""
        return self.requests.times(ANSWER) * (1 / GB)

    @property
    def logged(self) -> Range:
        """GB that services log."""
        return self.requests.times(LOGGED) * (1 / GB)

    @property
    def flows(self) -> Range:
        """GB of flow logs."""
        return self.requests.times(FLOW) * (1 / GB)

    @property
    def words(self) -> str:
        """The assumption about requests, for people."""
        millions = self.millions
        return (
            f"requests: {share(USED)} of the promised {self.rate:g}/s, "
            f"{millions.low:.1f} to {millions.high:.0f} million a month"
        )


def traffic(platform: Platform) -> Traffic:
    """Return the month that a platform's objectives let expect."""
    rate = platform.objectives.api.throughput
    return Traffic(USED * (rate * SECONDS), round(rate, 1))


def share(of: Range) -> str:
    """Write shares as percent: 1 %, 5 % or 25 %."""
    return f"{of.low:.0%}, {of.expected:.0%} or {of.high:.0%}"
