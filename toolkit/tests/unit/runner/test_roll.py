"""A component is restarted one replica at a time, and never beyond a failure."""

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner import roll
from groundplan.runner.state import State


class FakeReplica:
    """A replica that becomes what it is told to."""

    def __init__(self, name: str, events: list[str], becomes: State = State.READY) -> None:
        self.name, self.detail, self.state = name, "", State.READY
        self._events, self._becomes = events, becomes

    async def stop(self) -> None:
        """Note it."""
        self._events.append(f"stop {self.name}")

    def begin(self) -> None:
        """Note it."""
        self._events.append(f"begin {self.name}")
        self.state = self._becomes

    async def reaches(self, *_: State) -> State:
        """Return at once."""
        return self.state


def _traffic(events: list[str]) -> roll.Traffic:
    async def leave(replica) -> None:
        events.append(f"leave {replica.name}")

    async def enter(replica) -> None:
        events.append(f"enter {replica.name}")

    return roll.Traffic(leave, enter)


async def _silent(_: str) -> None:
    return


async def test_replicas_go_one_after_the_other():
    """Each leaves the rotation, stops, starts and comes back before the next one leaves."""
    events: list[str] = []
    replicas = [FakeReplica("a-1", events), FakeReplica("a-2", events)]
    await roll.roll(replicas, _traffic(events), _silent)
    steps = ("leave", "stop", "begin", "enter")
    assert [f"{step} {name}" for name in ("a-1", "a-2") for step in steps] == events


async def test_a_failure_ends_the_roll():
    """When one does not come back the next is left alone, and the reason is told."""
    events: list[str] = []
    replicas = [FakeReplica("a-1", events, State.FAILED), FakeReplica("a-2", events)]
    with pytest.raises(NotReadyError, match="a-1 did not become ready again"):
        await roll.roll(replicas, _traffic(events), _silent)
    assert ["leave a-1", "stop a-1", "begin a-1"] == events


async def test_states_that_count_as_lost_are_chosen():
    """A new version that ends at its start is not waited for, a restart of the old one is."""
    events: list[str] = []
    replica = FakeReplica("a-1", events, State.BACKOFF)
    with pytest.raises(NotReadyError, match="a-1 did not become ready again: backoff"):
        await roll.roll([replica], _traffic(events), _silent, frozenset({State.BACKOFF}))
