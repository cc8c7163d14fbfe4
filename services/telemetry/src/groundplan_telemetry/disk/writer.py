"""The one thread that writes: takes records from memory to the disk, a batch at a time.

What waits in memory is bounded. Who offers more is told how many were taken, and either tells
its sender or comes again later: nobody waits here.
"""

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog

from groundplan_telemetry.disk.shelf import Shelf

FLUSH_AFTER: Final = 0.25
"""Seconds for which records are gathered."""
MOST_WAITING: Final = 20_000
"""Records of a signal in memory."""
TIDY_EVERY: Final = 1.0
TRIES: Final = 64
"""Attempts at the parts of a batch that fails, until what spoils it is found."""

log = structlog.get_logger()


class Writer:
    """Gathers records by signal and puts them on their shelves."""

    def __init__(self, shelves: Mapping[str, Shelf[Any]], most: int = MOST_WAITING) -> None:
        self._shelves = shelves
        self._most = most
        self._waiting: dict[str, list[Any]] = {signal: [] for signal in shelves}
        self._writing = dict.fromkeys(shelves, 0)
        self._moved = threading.Condition()
        self._is_closing = False
        self._rounds = 0
        self._wanted = 0
        self._tidied_at = 0.0
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def offer(self, signal: str, records: Sequence[Any]) -> int:
        """Take as many records as there is room for, from the front; return how many."""
        with self._moved:
            waiting = self._waiting[signal]
            free = self._most - len(waiting) - self._writing[signal]
            taken = records[: max(0, free)]
            waiting.extend(taken)
            return len(taken)

    def has_room(self, signal: str, count: int) -> bool:
        """Return whether so many records would all be taken."""
        with self._moved:
            taken = len(self._waiting[signal]) + self._writing[signal]
            return taken == 0 or taken + count <= self._most

    def waiting(self, signal: str) -> int:
        """Return how many records are not on the disk yet."""
        with self._moved:
            return len(self._waiting[signal]) + self._writing[signal]

    def flush(self, timeout: float = 10.0) -> None:
        """Wait until everything that was offered before is on the disk, where it is written."""
        if not self._thread.is_alive():
            return
        with self._moved:
            self._wanted = self._rounds + 2  # one may be under way
            self._moved.notify_all()
            wanted = self._wanted
            self._moved.wait_for(lambda: self._rounds >= wanted or self._is_closing, timeout)

    def close(self) -> None:
        """Write what waits, and end."""
        with self._moved:
            self._is_closing = True
            self._moved.notify_all()
        if self._thread.is_alive():
            self._thread.join()
        for shelf in self._shelves.values():
            shelf.close()

    def _run(self) -> None:
        while not self._is_closing:
            with self._moved:
                self._moved.wait_for(self._is_urgent, FLUSH_AFTER)
            self._round()
        self._round()

    def _is_urgent(self) -> bool:
        return self._is_closing or self._rounds < self._wanted

    def _round(self) -> None:
        for signal, shelf in self._shelves.items():
            with self._moved:
                batch, self._waiting[signal] = self._waiting[signal], []
                self._writing[signal] = len(batch)
            self._write(shelf, batch)
            with self._moved:
                self._writing[signal] = 0
        if time.monotonic() - self._tidied_at > TIDY_EVERY:
            self._tidied_at = time.monotonic()
            self._tidy()
        with self._moved:
            self._rounds += 1
            self._moved.notify_all()

    def _write(self, shelf: Shelf[Any], batch: Sequence[Any]) -> None:
        """Write a batch; one that fails is halved, so that one record does not cost the others."""
        left, tries, is_told = [batch] if batch else [], TRIES, False
        while left:
            part = left.pop()
            try:
                shelf.write(part)
            except Exception:
                tries -= 1
                middle = len(part) // 2
                if middle and tries > 0:
                    left += [part[middle:], part[:middle]]
                else:
                    shelf.lost("failed", len(part))
                    if not is_told:
                        log.exception("write.failed", signal=shelf.signal)
                    is_told = True

    def _tidy(self) -> None:
        for shelf in self._shelves.values():
            try:
                shelf.tidy()
            except (OSError, sqlite3.Error):
                log.exception("tidy.failed", signal=shelf.signal)
