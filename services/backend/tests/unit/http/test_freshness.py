"""What a session has written is noted, and asked for before a replica is read."""

from typing import Any

import pytest

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.http import freshness
from groundplan_backend.http.caller import Caller
from groundplan_backend.http.freshness import Freshness
from groundplan_backend.postgres import replica
from groundplan_contracts.identity import Role

_WRITER = Caller("ada", Role.OPERATOR, "one")
_OTHER = Caller("ada", Role.OPERATOR, "other")


class _Pool:
    """A database that has written up to 0/5."""

    def __init__(self, has_replica: bool = True) -> None:
        self.has_replica = has_replica

    async def position(self) -> str:
        return "0/5"


class _Redis:
    """The two commands that are used, on a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.is_away = False

    async def execute(self, *command: Any) -> bytes | None:
        if self.is_away:
            raise DependencyUnavailable("away")
        if command[0] == "SET":
            self.kept[command[1]] = str(command[2]).encode()
        return self.kept.get(command[1])


def _made(pool: _Pool, redis: _Redis) -> Freshness:
    return Freshness(pool, redis)  # type: ignore[arg-type]


async def test_who_wrote_needs_what_he_wrote_and_others_nothing() -> None:
    """The note is the session's own."""
    made = _made(_Pool(), _Redis())
    await made.note(_WRITER)
    assert "0/5" == await made.position(_WRITER)
    assert replica.NOTHING == await made.position(_OTHER)


async def test_without_the_note_the_primary_is_read() -> None:
    """Redis is away: nobody knows what was written, and a change is answered all the same."""
    redis = _Redis()
    redis.is_away = True
    made = _made(_Pool(), redis)
    await made.note(_WRITER)
    assert None is await made.position(_WRITER)


async def test_without_a_replica_nothing_is_asked() -> None:
    """It costs nobody a command."""
    redis = _Redis()
    made = _made(_Pool(has_replica=False), redis)
    await made.note(_WRITER)
    assert {} == redis.kept
    assert None is await made.position(_WRITER)


@pytest.mark.parametrize(("position", "inside"), [(None, None), ("0/5", "0/5")])
def test_reads_are_allowed_inside_only(position: str | None, inside: str | None) -> None:
    """Nothing is left behind for the next request."""
    with freshness.allowed(position):
        assert inside == replica._wanted.get()
    assert None is replica._wanted.get()
