"""A replica's way to being ready: one span, and one below for each wait and each try."""

import contextlib
import signal
from collections.abc import Callable, Iterator

from groundplan.model.process import Process
from groundplan.runner.startup.trace import Attributes, Span, Trace

COMPONENT = "groundplan.component"
REPLICA = "groundplan.replica"
ATTEMPTS = "groundplan.attempts"
GATE = "groundplan.gate"
REASON = "groundplan.reason"
ADOPTED = "groundplan.adopted"
PID = "process.pid"
EXIT_CODE = "process.exit.code"
TRY = "attempt"
STOPPED = "stopped"


class Way:
    """From the first try until it is ready, or until nobody wants it any longer."""

    def __init__(self, trace: Trace, span: Span, ended: Callable[[], None] | None = None) -> None:
        """Go on in a span of a trace.

        Args:
            trace: what is written.
            span: the whole way.
            ended: is told when the way has ended.
        """
        self._trace = trace
        self._span = span
        self._ended = ended
        self._try: Span | None = None

    @contextlib.contextmanager
    def waiting(self, gate: str) -> Iterator[None]:
        """Write a wait for a gate."""
        span = self._trace.begin(f"wait {gate}", {GATE: gate}, self._span)
        try:
            yield
        except BaseException:
            self._trace.end(span, STOPPED)
            raise
        self._trace.end(span)

    def tries(self) -> None:
        """Begin a try: what it needs is made ready, then it is started and asked."""
        number = int(self._span.attributes.get(ATTEMPTS, 0)) + 1
        self._span.attributes[ATTEMPTS] = number
        self._try = self._trace.begin(TRY, {ATTEMPTS: number}, self._span)

    def spawned(self, pid: int) -> None:
        """Note the process of the try."""
        if self._try is not None:
            self._try.attributes[PID] = pid

    def adopted(self, pid: int) -> None:
        """Note that there is a process already, which only has to answer."""
        self._span.attributes |= {ADOPTED: True, PID: pid}

    def failed(self, reason: str, code: int | None = None) -> None:
        """End a try in vain; codes below 0 are signals."""
        if self._try is None:
            return
        if code is not None:
            self._try.attributes[EXIT_CODE] = code
        self._trace.end(self._try, _kind(code), reason)
        self._try = None

    def arrived(self) -> None:
        """End the way: the replica is ready."""
        self._leave("")

    def stopped(self) -> None:
        """End the way because the replica is stopped."""
        self._leave(STOPPED)

    def _leave(self, error: str) -> None:
        for span in filter(None, (self._try, self._span)):
            self._trace.end(span, error)
        self._try = None
        if self._ended is not None:
            self._ended()


def about(process: Process) -> Attributes:
    """Return what is known of a replica."""
    return {COMPONENT: process.component, REPLICA: process.replica}


def unheard(_: object) -> Way:
    """Return a way that nobody reads."""
    trace = Trace("start")
    return Way(trace, trace.root)


def _kind(code: int | None) -> str:
    """Return the kind of a failure, of which there are few: by signal, by code, or neither."""
    if code is None:
        return "not_started"
    return signal.Signals(-code).name if code < 0 else "exited"
