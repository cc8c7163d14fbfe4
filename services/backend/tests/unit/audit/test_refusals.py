from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from groundplan_backend.audit.refusals import CALLERS, MINUTE, MOST_DUE, Refusals, is_recorded
from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.http.caller import Caller
from groundplan_backend.http.exchange import Exchange
from groundplan_contracts import refusals
from groundplan_contracts.identity import Role
from groundplan_contracts.refusals import Refusal


class _Pool:
    """Keeps what would be written; can be out."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.is_out = False

    @asynccontextmanager
    async def transaction(self) -> Any:
        if self.is_out:
            raise DependencyUnavailable("out")
        yield SimpleNamespace(execute=self._execute)

    async def _execute(self, _: str, *values: Any) -> None:
        self.rows.append(values)

    def events(self) -> list[tuple[str, str, str]]:
        """Return actor, target and detail of what was written."""
        return [(row[2], row[4], row[6]) for row in self.rows]


class _Redis:
    """Holds what a gateway has left."""

    def __init__(self, *waiting: bytes) -> None:
        self.waiting = list(waiting)

    async def execute(self, *command: str | int) -> list[bytes] | None:
        assert ("RPOP", refusals.KEY, refusals.KEPT) == command
        taken, self.waiting = self.waiting, []
        return taken or None


_REDIS: Any = _Redis()


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _refused(subject: str, status: int = 403, route: str = "/x", method: str = "POST") -> Exchange:
    scope = {
        "method": method,
        "path": route,
        "path_template": route,
        "headers": [],
        "client": None,
    }
    exchange = Exchange(scope, None)
    exchange.caller = Caller(subject, Role.VIEWER, "session")
    exchange.status, exchange.refused = status, "forbidden"
    return exchange


@pytest.mark.parametrize(
    ("method", "status", "recorded"),
    [
        ("GET", 401, True),
        ("GET", 403, True),
        ("GET", 404, False),
        ("DELETE", 404, True),
        ("POST", 409, True),
        ("PUT", 412, True),
        ("POST", 422, True),
        ("POST", 400, False),
        ("POST", 413, False),
        ("POST", 429, False),
        ("POST", 503, False),
    ],
)
def test_refusals_of_rights_are_recorded_and_those_of_state_for_changes(
    method: str, status: int, recorded: bool
) -> None:
    """What cannot be read at all, comes too often or meets a fault of ours is none."""
    assert recorded == is_recorded(method, status)


async def test_the_first_of_a_kind_stands_alone_and_the_rest_are_one_event() -> None:
    """A hundred thousand refusals in a minute are two rows."""
    pool, clock = _Pool(), _Clock()
    collected = Refusals(pool, _REDIS, clock)  # type: ignore[arg-type]
    for _ in range(100_000):
        collected.note(_refused("eve"))
    await collected.write()
    assert [("eve", "/x")] == [event[:2] for event in pool.events()]
    clock.now = MINUTE
    await collected.write()
    await collected.write()
    assert [("eve", "99999 more")] == [event[:2] for event in pool.events()[1:]]


async def test_a_walk_over_all_paths_is_bounded_as_well() -> None:
    """Five kinds stand alone; of the others twenty are told apart."""
    pool, clock = _Pool(), _Clock()
    collected = Refusals(pool, _REDIS, clock)  # type: ignore[arg-type]
    for number in range(1000):
        collected.note(_refused("eve", route=f"/{number}"))
    clock.now = MINUTE
    await collected.write()
    assert 6 == len(pool.rows)
    assert '"other":975' in pool.events()[-1][2]


async def test_many_callers_are_bounded_too() -> None:
    """Beyond a thousand in a minute, only their number is kept."""
    pool, clock = _Pool(), _Clock()
    collected = Refusals(pool, _REDIS, clock)  # type: ignore[arg-type]
    for number in range(CALLERS + 50):
        collected.note(_refused(f"caller-{number}"))
    clock.now = MINUTE
    await collected.write()
    assert CALLERS + 1 == len(pool.rows)
    assert ("others", "50 more") == pool.events()[-1][:2]


async def test_while_the_database_is_out_they_wait_in_bounds_and_are_not_lost() -> None:
    """No minute ends before it can be written: what goes on being refused is counted."""
    pool, clock = _Pool(), _Clock()
    collected = Refusals(pool, _REDIS, clock)  # type: ignore[arg-type]
    pool.is_out = True
    for minute in range(20):
        clock.now = minute * MINUTE
        for number in range(500):
            collected.note(_refused(f"caller-{number}"))
        with pytest.raises(DependencyUnavailable):
            await collected.write()
    pool.is_out = False
    await collected.write_all()
    targets = [event[1] for event in pool.events()]
    assert (500, 500) == (targets.count("/x"), targets.count("19 more"))


async def test_more_than_may_wait_is_counted() -> None:
    """Each caller's minute has five kinds, and no more than so many wait in memory."""
    pool = _Pool()
    collected = Refusals(pool, _REDIS)  # type: ignore[arg-type]
    for number in range(CALLERS):
        for kind in range(6):
            collected.note(_refused(f"caller-{number}", route=f"/{kind}"))
    await collected.write_all()
    targets = [event[1] for event in pool.events()]
    assert (MOST_DUE, CALLERS) == (len(targets) - CALLERS, targets.count("1 more"))


async def test_who_has_not_signed_in_is_not_recorded() -> None:
    """Everybody could fill the disk then; limits and logs are for them."""
    pool = _Pool()
    collected = Refusals(pool, _REDIS)  # type: ignore[arg-type]
    exchange = _refused("nobody")
    exchange.caller = None
    collected.note(exchange)
    await collected.write_all()
    assert [] == pool.rows


async def test_what_the_gateway_refused_is_taken_over_and_bounded_the_same_way() -> None:
    """Roles are refused there first; what cannot be read is left aside."""
    told = Refusal("eve", "10.0.0.9", "request-9", "POST", "/api/v1/x", 403, "forbidden")
    pool, redis = _Pool(), _Redis(b"{", *[msgspec.json.encode(told)] * 50)
    collected = Refusals(pool, redis)  # type: ignore[arg-type]
    await collected.collect()
    await collected.collect()
    await collected.write_all()
    assert [("eve", "/api/v1/x"), ("eve", "49 more")] == [event[:2] for event in pool.events()]
    assert ("10.0.0.9", "request-9") == pool.rows[0][9:11]
    assert '"by":"gateway"' in pool.events()[0][2]
