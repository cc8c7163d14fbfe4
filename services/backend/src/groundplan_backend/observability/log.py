"""JSON log lines on stdout: rare events through structlog, the access log in batches.

Every request is logged; questions about health, which come every few seconds, for who wants to
debug. A line is encoded at once and written together with others, at most `FLUSH_AFTER` seconds
later, so that it costs about 2 µs instead of a system call.
"""

import asyncio
import logging
import os
import re
import sys
from typing import Final

import msgspec
import structlog
from structlog.typing import EventDict

from groundplan_contracts.tracing.trace import stamp

FLUSH_AFTER: Final = 0.2
_FLUSH_AT: Final = 64
_OF_MACHINES: Final = ("/healthz/", "/metrics")
_REFUSED: Final = 400
_DETAIL: Final = re.compile(r"(?ms)^([ |]*DETAIL:).*?(?=\n[ |]*HINT:|\n\s*\n|\n[ |]*\+-|\Z)")
"""What PostgreSQL adds to its errors: the values of the row that was refused."""


def configure(level: str, component: str, replica: str) -> None:
    """Send structlog's events as JSON lines to stdout, stamped with who speaks."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            stamp,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
            without_details,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(component=component, replica=replica)


def without_details(_: object, __: str, event: EventDict) -> EventDict:
    """Take the values of refused rows out of what is logged, of exceptions above all."""
    for name, said in event.items():
        if isinstance(said, str) and "DETAIL:" in said:
            event[name] = _DETAIL.sub(r"\1 -", said)
    return event


def level_of(path: str, status: int) -> str:
    """Return the level of a request's line: `debug` for probes and scrapes that went well."""
    return "debug" if status < _REFUSED and path.startswith(_OF_MACHINES) else "info"


class AccessLine(msgspec.Struct):
    """One answered request; `duration_ms` is the backend's own time."""

    time: float
    method: str
    path: str
    route: str
    status: int
    duration_ms: float
    sent: int
    request_id: str
    trace_id: str
    subject: str
    component: str
    replica: str
    span_id: str = ""
    message: str = "access"
    level: str = "info"


class AccessLog:
    """Collects lines and writes them in batches; those of level debug where `level` says so."""

    def __init__(self, descriptor: int = 1, level: str = "info") -> None:
        self._descriptor = descriptor
        self._writes_debug = level.lower() == "debug"
        self._lines: list[bytes] = []
        self._encode = msgspec.json.Encoder().encode
        self._timer: asyncio.TimerHandle | None = None

    def write(self, line: AccessLine) -> None:
        """Take a line; it is on its way within `FLUSH_AFTER` seconds."""
        if line.level == "debug" and not self._writes_debug:
            return
        self._lines.append(self._encode(line))
        if len(self._lines) >= _FLUSH_AT:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(FLUSH_AFTER, self.flush)

    def flush(self) -> None:
        """Write what is waiting; a reader that is gone must not stop the requests."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lines:
            batch, self._lines = b"\n".join(self._lines) + b"\n", []
            try:
                while batch:
                    batch = batch[os.write(self._descriptor, batch) :]
            except OSError:
                return
