"""The thread that follows all logs and hands on what they say.

Where memory is full it stops reading and comes again: the files are the buffer.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import structlog

from groundplan_telemetry.disk.writer import Writer
from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.records.line import Line
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.settings import LogFile
from groundplan_telemetry.tail import access, formats, places
from groundplan_telemetry.tail.follow import Follower
from groundplan_telemetry.tail.formats import Format

EVERY: Final = 0.1
"""Seconds between looks at the files."""
KEPT_EVERY: Final = 2.0
BLANKS: Final = (b" ", b"\t")
PORTION: Final = 5_000
"""Lines that are handed on at once: fewer than memory has room for."""

log = structlog.get_logger()


class _Followed:
    """A file and how its lines are read."""

    def __init__(self, told: LogFile, place: places.Place | None, *, is_new: bool) -> None:
        self.source = Source(told.service, told.replica)
        self.format: Format = formats.FORMATS.get(told.format, formats.of_text)
        self.joins = told.format in ("postgres", "text")
        self.follower = Follower(Path(told.path), place, is_new=is_new)


class Tailer:
    """Follows files."""

    def __init__(
        self,
        files: Sequence[LogFile],
        folder: Path,
        writer: Writer,
        books: Ledger,
        heard: Callable[[Line], None] | None = None,
        slow: float = 1.0,
    ) -> None:
        self._slow = slow
        self._folder = folder
        self._writer = writer
        self._books = books
        self._heard = heard
        kept = places.load(folder)
        self._files = [
            _Followed(each, kept.get(each.path), is_new=not Path(each.path).exists())
            for each in files
        ]
        self._kept_at = 0.0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tailer", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def close(self) -> None:
        """End, and keep the places; what was read last must be on the disk by then."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        self._keep()

    @property
    def behind(self) -> int:
        """Bytes of all files that are not read yet."""
        return sum(each.follower.behind for each in self._files)

    def look(self) -> int:
        """Read on in every file; return how many lines were taken."""
        return sum(self._read(each) for each in self._files)

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                taken = self.look()
                if time.monotonic() - self._kept_at > KEPT_EVERY:
                    self._keep()
            except Exception:
                log.exception("tail.failed")
                taken = 0
            self._closing.wait(0.01 if taken > 1000 else EVERY)

    def _read(self, followed: _Followed) -> int:
        raw = followed.follower.read()
        joined = _joined(raw) if followed.joins else raw
        told = [each for each in joined if each.strip()]
        for begin in range(0, len(told), PORTION):
            portion = told[begin : begin + PORTION]
            if not self._has_room(len(portion), waits=begin > 0):
                followed.follower.untaken()
                return 0
            self._take(followed, portion)
        if raw:
            followed.follower.taken()
        return len(told)

    def _has_room(self, count: int, *, waits: bool) -> bool:
        """Say whether a portion would be taken; one that others went before is waited for.

        What was begun is read once more only when the process ends meanwhile.
        """
        while not self._writer.has_room("logs", count):
            if not waits or self._closing.wait(EVERY):
                return False
        return True

    def _take(self, followed: _Followed, portion: Sequence[bytes]) -> None:
        now = time.time_ns() // 1000
        try:
            self._hand_on(
                [formats.read(followed.format, each, followed.source, now) for each in portion]
            )
        except Exception:
            self._books.dropped("logs", "failed", len(portion))
            log.exception("tail.failed")

    def _hand_on(self, lines: Sequence[Line]) -> None:
        found = [span for line in lines if (span := access.span_of(line, self._slow)) is not None]
        if self._heard is not None:
            for line in lines:
                self._heard(line)
        self._books.received("logs", len(lines))
        taken = self._writer.offer("logs", lines)
        self._books.dropped("logs", "queue_full", len(lines) - taken)
        if found:
            self._books.received("traces", len(found))
            taken = self._writer.offer("traces", found)
            self._books.dropped("traces", "queue_full", len(found) - taken)

    def _keep(self) -> None:
        """Note how far was read, once that is on the disk: lines may come twice, never not."""
        self._kept_at = time.monotonic()
        known = {str(each.follower.path): each.follower.place for each in self._files}
        self._writer.flush()
        try:
            places.keep(self._folder, known)
        except OSError as error:
            log.warning("places.not_kept", reason=str(error))


def _joined(raw: Sequence[bytes]) -> list[bytes]:
    """Return lines with those that begin with a blank joined to the one before."""
    found: list[bytes] = []
    for line in raw:
        if found and line.startswith(BLANKS):
            found[-1] += b"\n" + line
        else:
            found.append(line)
    return found
