"""Keeps ended spans until they are sent: a short queue, a limit a second, and what was lost.

Nothing here waits: a span is appended, or counted as dropped. The thread that sends begins with
the first span, so a process that keeps none has none.
"""

import time
from collections import Counter, deque
from typing import Final

from groundplan_contracts.tracing import context
from groundplan_contracts.tracing.sender import REFUSED, SENT, Sender
from groundplan_contracts.tracing.settings import Tracing
from groundplan_contracts.tracing.span import Span
from groundplan_contracts.tracing.trace import Trace

QUEUE: Final = 4096
"""Spans that wait at the most, some megabytes."""
CAPPED: Final = "capped"
FULL: Final = "queue_full"
OUTCOMES: Final = (SENT, CAPPED, FULL, REFUSED)
"""What becomes of spans, and of requests beyond the limit: but for the first, losses."""
_UNSAMPLED: Final = frozenset("02468ace") | frozenset(b"02468ace")
"""The last digits of a `traceparent` that is not to be kept."""


class Recorder:
    """The spans of one process on their way out."""

    def __init__(self, tracing: Tracing) -> None:
        self._is_on = tracing.is_on
        self._per_second = tracing.per_second
        self._waiting: deque[Span] = deque()
        self.outcomes: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
        self.slow = tracing.slow
        """Seconds from which on a request is kept though it was not sampled."""
        self._sender = Sender(tracing, self._waiting, self.outcomes)
        self._second = 0
        self._left = 0

    def begin(self, traceparent: str | bytes | None) -> Trace | None:
        """Return the trace of a request that is sampled and within the limit, else nothing.

        Only who was told to sample does: here nobody begins a trace of his own.
        """
        # One look at one character is all that a request costs which is not sampled.
        if not traceparent or not self._is_on or traceparent[-1] in _UNSAMPLED:
            return None
        found = context.read(traceparent)
        if found is None or not found.is_sampled or not self._may():
            return None
        return Trace(self.keep, found.trace_id, found.span_id)

    def late(self, traceparent: str | bytes | None) -> Trace | None:
        """Return the trace of a request that was not sampled, and ended so that it is kept."""
        if not self._is_on or not self._may():
            return None
        found = context.read(traceparent)
        if found is None:
            return Trace(self.keep, context.new_trace_id())
        return Trace(self.keep, found.trace_id, found.span_id)

    def keep(self, span: Span) -> None:
        """Take an ended span; with too many waiting it is dropped and counted."""
        waiting = len(self._waiting)
        if waiting >= QUEUE:
            self.outcomes[FULL] += 1
            return
        self._waiting.append(span)
        if not waiting:
            self._sender.wake()

    def close(self, patience: float = 1.0) -> None:
        """Send what waits, for `patience` seconds at the most."""
        self._sender.close(patience)

    def _may(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._left = second, self._per_second
        if self._left <= 0:
            self.outcomes[CAPPED] += 1
            return False
        self._left -= 1
        return True
