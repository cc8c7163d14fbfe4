"""How calls to a service are bounded and repeated."""

from typing import Annotated

from pydantic import Field

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Duration, Share


class Backoff(Entity):
    """Pauses between attempts: exponential from `base` to `max`, with full jitter."""

    base: Duration = 0.025
    max: Duration = 0.25


class Retries(Entity):
    """Repeats of calls that may be repeated safely."""

    attempts: Annotated[int, Field(ge=0, le=5)] = 2
    """Repeats after the first try."""
    backoff: Backoff = Backoff()
    budget: Share = 0.2
    """The most that repeats may add to the calls under way."""


class Breaker(Entity):
    """The most that may be under way to a service at once; beyond, the answer is 503."""

    connections: Positive = 256
    pending: Positive = 256
    requests: Positive = 512


class Outlier(Entity):
    """When a replica that fails gets no calls for a while."""

    consecutive_errors: Positive = 5
    interval: Duration = 2.0
    ejection: Duration = 10.0
    max_ejected: Share = 0.5


class Resilience(Entity):
    """Time-out, retries, breaker and outlier detection of calls to a service."""

    timeout: Duration = 10.0
    retries: Retries = Retries()
    breaker: Breaker = Breaker()
    outlier: Outlier = Outlier()
