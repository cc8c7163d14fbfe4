"""A segment opened for one search, which is given up when it takes too long.

The time is that of the whole search, however many segments it reads. A segment that turns out to
be damaged is passed over and marked: who writes sets it aside and counts what was lost.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from groundplan_telemetry.disk import segment
from groundplan_telemetry.disk.segment import Segment

STEPS: Final = 100_000
"""Of the database's machine, between looks at the clock."""
PATIENCE: Final = 1.5
"""Seconds that a search may take; who asks for people waits for two."""


log = structlog.get_logger()


class SlowError(Exception):
    """A search took too long and was given up."""


def deadline() -> float:
    """Return when a search that begins now is given up, by the clock that never goes back."""
    return time.monotonic() + PATIENCE


@contextmanager
def reading(part: Segment, until: float) -> Iterator[sqlite3.Connection | None]:
    """Open a segment for a search; None where it is gone meanwhile.

    Raises:
        SlowError: the search took too long.
    """
    try:
        connection = segment.open_to_read(part.path)
    except sqlite3.OperationalError:
        yield None
        return
    connection.set_progress_handler(_patience(until), STEPS)
    try:
        yield connection
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise SlowError from error
        if not segment.is_damage(error):
            raise
        part.is_damaged = True
        log.warning("segment.damaged", path=str(part.path), reason=str(error))
    finally:
        connection.close()


def _patience(until: float) -> Callable[[], int]:
    return lambda: int(time.monotonic() > until)
