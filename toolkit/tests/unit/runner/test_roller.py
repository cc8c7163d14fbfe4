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

    async def note(replicas, traffic, say) -> None:
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

    async def fail(chosen, traffic, say) -> None:
        chosen[0].draining = True
        raise UsageError("no")

    monkeypatch.setattr(roll, "roll", fail)
    with pytest.raises(UsageError):
        await _roller(replicas).restart("web", _silent)
    assert not replicas[0].draining
