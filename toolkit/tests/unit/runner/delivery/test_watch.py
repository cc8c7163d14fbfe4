"""A replica that changed is well when its probes are and its errors are few."""

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner.delivery import watch
from groundplan.runner.delivery.watch import Watch
from groundplan.runner.state import State


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(watch, "POLL", 0.001)


@pytest.fixture
def replica(make_replica):
    """Return a replica that is ready."""
    made = make_replica()
    made.state = State.READY
    return made


async def _watched(replica, *counts, seconds=0.02) -> None:
    left = list(counts)

    async def count(_) -> tuple[int, int]:
        return left.pop(0) if len(left) > 1 else left[0]

    made = Watch([replica], count)
    await made.begin()
    await made.hold(seconds)


@pytest.mark.parametrize(
    "after", [(110, 2), (1100, 40), (100, 0)], ids=["an accident", "few", "nobody asks"]
)
async def test_few_errors_are_borne(replica, after):
    """Two errors, or one in twenty, do not end a version."""
    await _watched(replica, (100, 0), after)


async def test_many_errors_end_it(replica):
    """The message has the numbers since the watch began."""
    with pytest.raises(NotReadyError, match="web-1: 5 of 10 requests failed"):
        await _watched(replica, (100, 7), (110, 12))


async def test_an_envoy_that_counts_anew_is_followed(replica):
    """Counters that fell began again, and what they say since is new."""
    await _watched(replica, (100, 50), (10, 0))
    with pytest.raises(NotReadyError, match="9 of 10 requests failed"):
        await _watched(replica, (100, 50), (10, 9))


async def test_one_that_is_not_ready_ends_it(replica):
    """What its probe said is the reason."""
    replica.state, replica.detail = State.UNREADY, "/healthz answers 500"
    with pytest.raises(NotReadyError, match="web-1: /healthz answers 500"):
        await _watched(replica, (0, 0))


async def test_one_that_came_back_by_itself_ends_it_too(replica):
    """A restart under watch is a crash, even when it is ready again."""

    async def count(_) -> tuple[int, int]:
        return 0, 0

    made = Watch([replica], count)
    await made.begin()
    replica.restarts += 1
    with pytest.raises(NotReadyError):
        await made.hold(0)
