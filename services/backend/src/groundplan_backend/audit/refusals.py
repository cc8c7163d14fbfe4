"""Records what callers were refused, without letting a flood of refusals fill the disk.

Of each caller and minute the first refusals of a kind are events of their own, with request and
trace; what follows is counted and becomes one event when the minute is over. A replica keeps
that in memory and writes it every second, apart from the requests.
"""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import msgspec

from groundplan_backend.audit import service
from groundplan_backend.audit.service import Actor, Event, Facts
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis
from groundplan_contracts.refusals import KEPT, KEY, Refusal

ACTION: Final = "request.refused"
EVERY: Final = 1.0
MINUTE: Final = 60.0
SINGLY: Final = 5
"""Refusals of one caller in a minute that are events of their own, each of another kind."""
CALLERS: Final = 1000
"""Callers of a minute that are told apart; of all others only the number is kept."""
MOST_DUE: Final = 5000
"""Refusals that wait for the database, while it is down, to be events of their own."""
_OF_ALL: Final = frozenset({401, 403})
_OF_CHANGES: Final = frozenset({404, 409, 412, 422})
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OTHERS: Final = Actor("others", "", "")

Written = tuple[Actor, Event]


@dataclass(slots=True)
class _Window:
    """A caller's minute."""

    actor: Actor
    ends: float
    singly: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)


class Refusals:
    """Collects refusals and writes them."""

    def __init__(
        self, pool: Pool, redis: Redis, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pool = pool
        self._redis = redis
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._due: list[Written] = []

    def note(self, exchange: Exchange) -> None:
        """Take a refused request of a signed-in caller, if its kind is one that is recorded."""
        if exchange.caller is None or not is_recorded(exchange.scope["method"], exchange.status):
            return
        detail = {
            "method": exchange.scope["method"],
            "route": exchange.scope.get("path_template", ""),
            "status": exchange.status,
            "code": exchange.refused,
        }
        self._take(Actor.of(exchange), exchange.scope["path"], detail)

    async def collect(self) -> None:
        """Take what the gateway has refused before it came here."""
        for raw in await self._redis.execute("RPOP", KEY, KEPT) or ():
            with suppress(msgspec.DecodeError):
                told = msgspec.json.decode(raw, type=Refusal)
                detail = {
                    "method": told.method,
                    "route": told.path,
                    "status": told.status,
                    "code": told.code,
                    "by": "gateway",
                }
                actor = Actor(told.subject, told.address, told.request_id)
                self._take(actor, told.path, detail)

    def _take(self, actor: Actor, path: str, detail: Facts) -> None:
        window = self._window(actor)
        kind = "{method} {route} {status} {code}".format(**detail)
        if self._is_counted(window, kind):
            window.counted[kind if len(window.counted) < SINGLY * 4 else "other"] += 1
            return
        window.singly.add(kind)
        self._due.append((actor, Event(ACTION, path, detail, outcome="refused")))

    async def write(self) -> None:
        """Write what is due: new refusals, and the counts of minutes that are over."""
        await self._write()
        now = self._clock()
        await self._end([name for name, window in self._windows.items() if window.ends <= now])

    async def write_all(self) -> None:
        """Write everything, at the end of the process."""
        await self._write()
        await self._end(list(self._windows))

    async def _end(self, over: list[str]) -> None:
        """End minutes; while the database is out none ends, so that they stay few."""
        ended = [self._windows.pop(name) for name in over]
        self._due += [_summary(window) for window in ended if window.counted]
        await self._write()

    async def _write(self) -> None:
        while self._due:
            part = self._due[:100]
            async with self._pool.transaction() as connection:
                for actor, event in part:
                    await service.record(connection, actor, event)
            del self._due[: len(part)]

    def _is_counted(self, window: _Window, kind: str) -> bool:
        is_known = kind in window.singly or len(window.singly) == SINGLY
        return is_known or window.actor is _OTHERS or len(self._due) >= MOST_DUE

    def _window(self, actor: Actor) -> _Window:
        if len(self._windows) >= CALLERS and actor.subject not in self._windows:
            actor = _OTHERS
        window = self._windows.get(actor.subject)
        if window is None:
            window = _Window(actor, self._clock() + MINUTE)
            self._windows[actor.subject] = window
        return window


def is_recorded(method: str, status: int) -> bool:
    """Say whether a refusal is recorded: of rights always, of the state of things for changes."""
    return status in _OF_ALL or (status in _OF_CHANGES and method not in _READING)


def _summary(window: _Window) -> Written:
    total = window.counted.total()
    detail = {"count": total, "minute": True, "kinds": dict(window.counted)}
    return window.actor, Event(ACTION, f"{total} more", detail, outcome="refused")
