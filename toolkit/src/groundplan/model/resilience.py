"""How calls to a service are bounded and repeated."""

from typing import Annotated

from pydantic import Field

from groundplan.model.entity import Entity, Positive
from groundplan.model.quantity import Duration, Share


class Backoff(Entity):
    """Pauses between attempts: exponential from `base` to `max`, with full jitter."""

    base: Duration = 0.025
    """The first pause."""
    max: Duration = 0.25
    """The longest pause."""


class Retries(Entity):
    """Repeats of calls that may be repeated safely."""

    attempts: Annotated[int, Field(ge=0, le=5)] = 2
    """Repeats after the first try."""
    backoff: Backoff = Backoff()
    """Pauses between attempts."""
    budget: Share = 0.2
    """The most that repeats may add to the calls under way."""


class Breaker(Entity):
    """The most that may be under way to a service at once; beyond, the answer is 503."""

    connections: Positive = 256
    """Connections from one gateway."""
    pending: Positive = 256
    """Requests that wait for a connection."""
    requests: Positive = 512
    """Requests that wait for an answer."""


class Outlier(Entity):
    """When a replica that fails gets no calls for a while."""

    consecutive_errors: Positive = 5
    """Errors in a row that put it aside."""
    interval: Duration = 2.0
    """How often replicas are judged."""
    ejection: Duration = 10.0
    """How long it is put aside the first time."""
    max_ejected: Share = 0.5
    """The most replicas that are put aside at once."""


class Resilience(Entity):
    """Time-out, retries, breaker and outlier detection of calls to a service."""

    timeout: Duration = 10.0
    """How long the gateway waits for an answer, for routes without a time-out of their own."""
    retries: Retries = Retries()
    """Repeats of calls that may be repeated safely."""
    breaker: Breaker = Breaker()
    """The most that may be under way at once."""
    outlier: Outlier = Outlier()
    """When a replica that fails is put aside."""
