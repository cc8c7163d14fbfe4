"""Counts and the slowest resource come from the events alone."""

from groundplan.cloud.event import Event
from groundplan.cloud.progress import Progress


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def followed(*events: tuple[str, str, str]) -> tuple[Progress, Clock]:
    """Return the progress after events, one a second."""
    clock = Clock()
    progress = Progress(clock)
    for kind, address, action in events:
        clock.now += 1
        progress.take(Event(kind, address, action))
    return progress, clock


def test_planned_steps_are_counted() -> None:
    """A replaced resource is two steps; what is only read is none."""
    progress, _ = followed(
        ("planned_change", "a", "create"),
        ("planned_change", "b", "replace"),
        ("planned_change", "c", "read"),
        ("planned_change", "d", "delete"),
    )
    assert 4 == progress.total


def test_the_slowest_is_named() -> None:
    """The one that began first and has not ended, and for how long."""
    progress, clock = followed(
        ("apply_start", "quick", "create"),
        ("apply_start", "slow", "create"),
        ("apply_start", "late", "create"),
        ("apply_complete", "quick", "create"),
    )
    clock.now = 10
    assert ("slow", 8.0) == progress.slowest
    assert (1, 0) == (progress.done, progress.failed)


def test_failures_are_told_apart() -> None:
    """A step that failed is not done, and no longer under way."""
    progress, _ = followed(("apply_start", "a", "create"), ("apply_errored", "a", "create"))
    assert (0, 1, None) == (progress.done, progress.failed, progress.slowest)


def test_reading_is_no_step() -> None:
    """Reading what is there, and data sources, count as read only."""
    progress, _ = followed(
        ("refresh_start", "a", ""),
        ("refresh_complete", "a", ""),
        ("apply_start", "data.b", "read"),
        ("apply_complete", "data.b", "read"),
    )
    assert (1, 0, None) == (progress.read, progress.done, progress.slowest)
