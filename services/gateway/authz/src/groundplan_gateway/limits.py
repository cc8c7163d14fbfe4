"""The local limit: token buckets in this process, which stand in while Redis is out.

Each caller has a bucket of the size of its rule's limit, and all callers together one more, so an
outage lets through at most the limit per replica and never more than a replica can carry.
"""

import math
from collections import OrderedDict
from typing import Final

from groundplan_gateway.decide import Answer, Question
from groundplan_gateway.policy import LocalLimit

MOST_CALLERS: Final = 10_000


class Bucket:
    """Holds up to `size` tokens and gets them all back in `period` seconds, evenly."""

    __slots__ = ("_at", "_period", "_size", "_tokens")

    def __init__(self, size: int, period: float, now: float) -> None:
        self._size = size
        self._period = period
        self._tokens = float(size)
        self._at = now

    def take(self, now: float) -> bool:
        """Take one token; false when there is none. `now` is in seconds and never falls."""
        gained = (now - self._at) * self._size / self._period
        self._tokens = min(float(self._size), self._tokens + gained)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def remaining(self) -> int:
        """Whole tokens left at the last look."""
        return int(self._tokens)

    @property
    def wait(self) -> float:
        """Seconds from the last look until there is a token."""
        return max(0.0, 1 - self._tokens) * self._period / self._size


class LocalLimiter:
    """Answers in Redis's place; forgets the callers it has not seen for longest."""

    def __init__(self, limit: LocalLimit, now: float) -> None:
        self._all = Bucket(limit.local_requests, limit.local_per_seconds, now)
        self._callers: OrderedDict[str, Bucket] = OrderedDict()

    def answer(self, asked: Question, now: float) -> Answer:
        """Count one request; a session is believed to be alive, as its token is still valid."""
        bucket = self._bucket(asked, now)
        for one in (bucket, self._all):
            if not one.take(now):
                return Answer(True, False, 0, math.ceil(one.wait))
        return Answer(True, True, bucket.remaining, math.ceil(bucket.wait))

    def _bucket(self, asked: Question, now: float) -> Bucket:
        limit = asked.rule.limit
        if limit is None:
            return self._all
        bucket = self._callers.pop(asked.limit_key, None)
        if bucket is None:
            bucket = Bucket(limit.requests, limit.per_seconds, now)
        self._callers[asked.limit_key] = bucket
        if len(self._callers) > MOST_CALLERS:
            self._callers.popitem(last=False)
        return bucket
