"""What people name is restarted, and what runs with old settings is renewed."""

import pytest

from groundplan.errors import UsageError
from groundplan.runner import roll, roller
from groundplan.runner.publish import Publisher
from groundplan.runner.state import State


@pytest.fixture
def rolled(monkeypatch) -> list[str]:
    """Note what is rolled instead of rolling it."""
    names: list[str] = []

    async def note(replicas, traffic, say, lost) -> None:
        names.extend(each.name for each in replicas)

    monkeypatch.setattr(roll, "roll", note)
    return names


def _roller(replicas) -> roller.Roller:
    async def write() -> None:
        return

    return roller.Roller(replicas, Publisher(write), rotation=None)


def _pair(make_replica):
    replicas = [make_replica(replica=1), make_replica(replica=2)]
    for replica in replicas:
        replica.state = State.READY
    return replicas


async def _silent(_: str) -> None:
    return


async def test_a_component_or_one_replica_is_restarted(make_replica, rolled):
    """A component's name stands for all its replicas, a replica's for itself."""
    made = _roller(_pair(make_replica))
    await made.restart("web", _silent)
    await made.restart("web-2", _silent)
    assert ["web-1", "web-2", "web-2"] == rolled


async def test_an_unknown_name_is_told_the_known_ones(make_replica, rolled):
    """The message lists what can be restarted."""
    with pytest.raises(UsageError, match=r"nothing here is called redis\n.*there are web"):
        await _roller(_pair(make_replica)).restart("redis", _silent)


async def test_only_what_is_stale_is_renewed(make_replica, rolled, monkeypatch):
    """A replica that already runs with the new settings is left alone."""
    replicas = _pair(make_replica)
    monkeypatch.setattr(roller, "is_stale", lambda replica: replica is replicas[1])
    await _roller(replicas).renew("web")
    assert ["web-2"] == rolled


async def test_draining_ends_with_the_roll(make_replica, monkeypatch):
    """A roll that fails does not leave a replica out of rotation."""
    replicas = _pair(make_replica)

    async def fail(chosen, traffic, say, lost) -> None:
        chosen[0].draining = True
        raise UsageError("no")

    monkeypatch.setattr(roll, "roll", fail)
    with pytest.raises(UsageError):
        await _roller(replicas).restart("web", _silent)
    assert not replicas[0].draining


async def test_a_change_is_made_while_nobody_asks_and_watched_after(make_replica, monkeypatch):
    """The replica is changed when it is out of rotation, and looked at when it is back."""
    replicas, seen = _pair(make_replica), []

    async def through(chosen, traffic, say, lost) -> None:
        assert State.BACKOFF in lost
        for replica in chosen:
            await traffic.leave(replica)
            await traffic.enter(replica)

    class Rotation:
        async def leave(self, replica) -> None:
            seen.append(f"left {replica.name}")

        async def enter(self, replica) -> None:
            seen.append(f"back {replica.name}")

    async def look(replica) -> None:
        seen.append(f"look {replica.name}")

    monkeypatch.setattr(roll, "roll", through)
    made = _roller(replicas)
    made._rotation = Rotation()
    change = roller.Change(lambda replica: seen.append(f"change {replica.name}"), look)
    await made.replace(replicas[:1], change, _silent)
    assert ["left web-1", "change web-1", "back web-1", "look web-1"] == seen
