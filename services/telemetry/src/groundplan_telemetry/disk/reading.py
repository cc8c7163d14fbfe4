"""A segment opened for one search, which is given up when it takes too long."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from groundplan_telemetry.disk import segment
from groundplan_telemetry.disk.segment import Segment

STEPS: Final = 100_000
"""Of the database's machine, between looks at the clock."""
PATIENCE: Final = 1.5
"""Seconds that a search may take; who asks for people waits for two."""


class SlowError(Exception):
    """A search took too long and was given up."""


@contextmanager
def reading(part: Segment) -> Iterator[sqlite3.Connection | None]:
    """Open a segment for a search; None where it is gone meanwhile.

    Raises:
        SlowError: the search took too long.
    """
    try:
        connection = segment.open_to_read(part.path)
    except sqlite3.OperationalError:
        yield None
        return
    connection.set_progress_handler(_patience(), STEPS)
    try:
        yield connection
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise SlowError from error
        raise
    finally:
        connection.close()


def _patience() -> Callable[[], int]:
    deadline = time.monotonic() + PATIENCE
    return lambda: int(time.monotonic() > deadline)
