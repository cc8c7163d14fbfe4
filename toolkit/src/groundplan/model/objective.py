"""What services promise over 30 days, which signals they give, and which faults must be seen.

Alerts burn the error budgets of the objectives; drills inject the faults and expect the alerts.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from groundplan.model.alert import AlertName
from groundplan.model.entity import Entity, Name, Text
from groundplan.model.quantity import Duration, Share

WINDOW: Final = 30 * 86400.0
"""Seconds over which an objective must hold."""

STREAMS: Final = "_streams"
"""Under which name the gateway counts answers that last as long as their readers like."""
ALERTS: Final = "_alerts"
"""Under which name it counts answers to who sends alerts: no user waits for one."""


def counted_as(service: str) -> str:
    """Return under which name the gateway counts a service's other answers."""
    return f"to_{service}"


Signal = Literal["traces", "metrics", "logs"]

Signals = Annotated[tuple[Signal, ...], Field(strict=False, max_length=3)]
"""What a component tells about itself."""


class Promptness(Entity):
    """How many answers must come within a time."""

    threshold: Annotated[Duration, Field(ge=0.001, le=60)]
    """The time within which an answer is good."""
    share: Share
    """The share of answers that must be good."""


class Slo(Entity):
    """An objective of one service over 30 days; exactly one of `availability` and `latency`."""

    service: Name
    """Whose answers count, as the gateway sees them; the gateway's own are those of the API."""
    description: Text = ""
    """What it means for users, in one line."""
    availability: Share | None = None
    """The share of requests that must not fail through our fault (status 5xx)."""
    latency: Promptness | None = None
    """How fast answers must be; streams do not count."""

    @model_validator(mode="after")
    def _one_indicator(self) -> Self:
        if (self.availability is None) == (self.latency is None):
            raise ValueError("must have exactly one of availability and latency")
        return self

    @property
    def objective(self) -> float:
        """The share of events that must be good."""
        if self.latency is not None:
            return self.latency.share
        assert self.availability is not None
        return self.availability


class Fault(Entity):
    """A fault that drills inject."""

    alerts: Annotated[tuple[AlertName, ...], Field(strict=False, min_length=1)]
    """The alerts that it must raise within two minutes; no other may come."""


class Faults(Entity):
    """Faults that must be noticed, each with the alerts that say so."""

    backend_slow: Fault = Fault(alerts=("LatencyBudgetBurn",))
    """The backend answers late."""
    backend_errors: Fault = Fault(alerts=("AvailabilityBudgetBurn",))
    """One in twenty of the backend's answers is an error."""
    database_down: Fault = Fault(alerts=("DatabaseDown", "AvailabilityBudgetBurn"))
    """PostgreSQL does not answer."""
    cache_down: Fault = Fault(alerts=("CacheDown",))
    """Redis does not answer."""
    disk_full: Fault = Fault(alerts=("DiskAlmostFull",))
    """A disk has hardly any room left."""
    certificate_expiry: Fault = Fault(alerts=("CertificateExpires",))
    """A certificate ends soon and nobody replaced it."""
    replica_flapping: Fault = Fault(alerts=("ReplicaFlapping",))
    """A replica dies again and again."""

    def matrix(self) -> dict[str, tuple[str, ...]]:
        """Return the alerts of every fault, by the fault's name in the file."""
        fields = type(self).model_fields
        return {
            str(fields[name].alias): getattr(self, name).alerts for name in type(self).model_fields
        }
