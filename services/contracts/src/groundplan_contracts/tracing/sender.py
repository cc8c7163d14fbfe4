"""Sends spans from a thread of its own: what is slow or dead there never stops the requests.

A batch that the store cannot take now is kept and tried again after growing pauses, while the
queue behind it fills up and then drops; one that the store refuses, or that cannot be written, is
dropped at once.
"""

import gzip
import threading
from collections import Counter, deque
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from groundplan_contracts import tls
from groundplan_contracts.tracing import otlp
from groundplan_contracts.tracing.settings import Tracing
from groundplan_contracts.tracing.span import Span

SENT: Final = "sent"
REFUSED: Final = "refused"
BATCH: Final = 1024
EVERY: Final = 0.5
"""Seconds over which spans are gathered."""
TIMEOUT: Final = 2.0
_FIRST_PAUSE: Final = 1.0
_LAST_PAUSE: Final = 5.0
_LATER: Final = frozenset({408, 429, 502, 503, 504})
"""Statuses that say to come again."""


class Sender:
    """Empties the queue into the store."""

    def __init__(self, tracing: Tracing, waiting: deque[Span], outcomes: Counter[str]) -> None:
        self._tracing = tracing
        self._waiting = waiting
        self._outcomes = outcomes
        self._thread: threading.Thread | None = None
        self._due = threading.Event()
        self._closing = threading.Event()
        self._connection: HTTPConnection | None = None

    def wake(self) -> None:
        """Hear that a span waits; called for the first of several only."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="spans", daemon=True)
            self._thread.start()
        self._due.set()

    def close(self, patience: float) -> None:
        """Send what waits, for `patience` seconds at the most."""
        self._closing.set()
        self._due.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _run(self) -> None:
        while self._waiting or not self._closing.is_set():
            if not self._waiting:
                self._due.wait()
            self._due.clear()
            self._closing.wait(EVERY)
            batch = self._take()
            if batch and not self._deliver(batch):
                return

    def _take(self) -> list[Span]:
        return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    def _deliver(self, batch: list[Span]) -> bool:
        """Send a batch until it is done with; False when the process ends before."""
        pause = _FIRST_PAUSE
        while not self._send(batch):
            if self._closing.wait(pause):
                return False
            pause = min(pause * 2, _LAST_PAUSE)
        return True

    def _send(self, batch: list[Span]) -> bool:
        """Send once; return whether the batch is done with, for better or worse."""
        try:
            body = otlp.encode(self._tracing.resource, batch)
        except (ValueError, TypeError, OverflowError):
            # A text that is none of Unicode, for example: the thread must outlive it.
            self._outcomes[REFUSED] += len(batch)
            return True
        try:
            status = self._post(body)
        except (OSError, HTTPException):
            self._hang_up()
            return False
        if status in _LATER:
            return False
        self._outcomes[SENT if status < 300 else REFUSED] += len(batch)
        return True

    def _post(self, body: bytes) -> int:
        if self._connection is None:
            self._connection = self._connect()
        headers = {
            "content-type": otlp.MEDIA_TYPE,
            "content-encoding": "gzip",
            **self._tracing.headers,
        }
        path = urlsplit(self._tracing.endpoint).path + otlp.PATH
        self._connection.request("POST", path, gzip.compress(body, 1), headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status

    def _connect(self) -> HTTPConnection:
        parts = urlsplit(self._tracing.endpoint)
        host = parts.hostname or ""
        context = tls.calling(parts.scheme, self._tracing.authority)
        if context is None:
            return HTTPConnection(host, parts.port, timeout=TIMEOUT)
        return HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=context)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
