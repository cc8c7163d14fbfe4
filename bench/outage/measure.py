"""Turns under one steady load: well, then one part taken away, then well again, and so on.

Between turns the load pauses for no longer than it takes to read figures. Its latencies count
while a state lasts; its failures count always, also while a part goes and comes back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlparse

from bench.objectives import client, mix
from bench.objectives.measure import percentile
from bench.outage import page, part
from bench.outage.page import Asked, Count
from bench.outage.witness import Senders, Shown
from bench.stack import BenchError

LEAD: Final = 1.0
"""Seconds of a state before its latencies count."""
_CHUNK: Final = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How often each scene is played, how long a turn is, and the rate."""

    rounds: int
    seconds: float
    per_minute: float


@dataclass(frozen=True, slots=True)
class Scene:
    """What is taken away and how it comes back; a control takes nothing."""

    name: str
    take: Callable[[], None]
    mend: Callable[[], None]
    spans_fail: bool = False
    """Whether spans have nowhere to go meanwhile."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where scenes are played: whom users ask, and who tells what was lost."""

    name: str
    url: str
    scenes: Sequence[Scene]
    senders: Senders
    shown: Callable[[float, float], Shown] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One state and what users saw of it; latencies in milliseconds, times since 1970."""

    place: str
    scene: str
    """Empty while all is well."""
    round: int
    since: float
    until: float
    requests: int
    p50: float
    p95: float
    p99: float
    sent: int
    """Requests, those while the part went and came back included."""
    errors: Sequence[str]
    spans: Mapping[str, float] = field(default_factory=dict)
    """What became of spans, and exports of gateways that failed."""
    shown: Shown | None = None
    page: Count = page.NOBODY


def control() -> Scene:
    """Return a scene in which nothing happens: what it measures is the machine."""
    return Scene("control: nothing is taken", _nothing, _nothing)


def measure(place: Place, token: str, plan: Plan, say: Callable[[str], None]) -> list[Turn]:
    """Play every scene of a place, each between two turns of health."""
    return asyncio.run(_Play(place, token, plan, say).all())


class _Play:
    """The turns of one place."""

    def __init__(self, place: Place, token: str, plan: Plan, say: Callable[[str], None]) -> None:
        address = urlparse(place.url)
        self._place, self._plan, self._say, self._token = place, plan, say, token
        self._host, self._port = str(address.hostname), address.port or 80
        self._asked: list[Asked] = []

    async def all(self) -> list[Turn]:
        scenes = self._place.scenes
        async with page.asking(self._place.url, self._token) as self._asked:
            await self._load(self._plan.seconds)
            turns = [await self._well(1)]
            for number in range(1, self._plan.rounds + 1):
                # There and back, so that no scene is always behind the same one.
                for scene in scenes if number % 2 else reversed(scenes):
                    turns.append(await self._without(scene, number))
                    self._say(_line(turns[-1]))
                    turns.append(await self._well(number))
        # Counted at the end: an answer may come after the turn in which it was asked for.
        return [
            replace(each, page=page.count(self._asked, each.since, each.until)) for each in turns
        ]

    async def _well(self, number: int) -> Turn:
        lead = await self._load(LEAD)
        since = time.time()
        seen = await self._load(self._plan.seconds)
        return self._turn("", number, (since, time.time()), seen, [lead])

    async def _without(self, scene: Scene, number: int) -> Turn:
        before = await asyncio.to_thread(self._place.senders.counts)
        try:
            lead = await self._load(LEAD, asyncio.to_thread(scene.take))
            since = time.time()
            seen = await self._load(self._plan.seconds)
            until = time.time()
        except BaseException:
            scene.mend()
            raise
        back = await self._while_coming_back(scene)
        after = await asyncio.to_thread(self._place.senders.counts)
        spans = {name: count - before.get(name, 0.0) for name, count in after.items()}
        shown = await self._shown(since, until)
        return self._turn(scene.name, number, (since, until), seen, [lead, *back], spans, shown)

    async def _while_coming_back(self, scene: Scene) -> list[client.Seen]:
        coming = asyncio.create_task(asyncio.to_thread(self._mend, scene))
        seen = []
        while not coming.done():
            seen.append(await self._load(_CHUNK))
        await coming
        return seen

    def _mend(self, scene: Scene) -> None:
        scene.mend()
        if scene.spans_fail:
            arrived = self._place.senders.sent()
            part.wait(
                lambda: self._place.senders.sent() > arrived, f"spans arrive after {scene.name}"
            )

    async def _shown(self, since: float, until: float) -> Shown | None:
        look = self._place.shown
        return None if look is None else await asyncio.to_thread(look, since, until)

    async def _load(self, seconds: float, *also: Awaitable[None]) -> client.Seen:
        rate = self._plan.per_minute / 60
        host = f"{self._host}:{self._port}"
        requests = mix.traced(host, self._token, max(1, round(rate * seconds)))
        meanwhile = asyncio.gather(*also)
        seen = await client.send(self._host, self._port, requests, rate)
        await meanwhile
        return seen

    def _turn(
        self,
        scene: str,
        number: int,
        window: tuple[float, float],
        seen: client.Seen,
        around: Sequence[client.Seen],
        spans: Mapping[str, float] | None = None,
        shown: Shown | None = None,
    ) -> Turn:
        latencies = _all(seen)
        if not latencies:
            raise BenchError(f"nothing was answered: {seen.errors[:3]}")
        errors = [each for one in (seen, *around) for each in one.errors]
        return Turn(
            place=self._place.name,
            scene=scene,
            round=number,
            since=window[0],
            until=window[1],
            requests=len(latencies),
            p50=percentile(latencies, 50),
            p95=percentile(latencies, 95),
            p99=percentile(latencies, 99),
            sent=sum(_sent(one) for one in (seen, *around)),
            errors=errors,
            spans=spans or {},
            shown=shown,
        )


def _all(seen: client.Seen) -> list[float]:
    return [each for kind in seen.latencies.values() for each in kind]


def _sent(seen: client.Seen) -> int:
    """Return how many were sent; a wrong answer has a latency as well, silence has none."""
    silent = sum(": answered " not in each for each in seen.errors)
    return len(_all(seen)) + silent


def _nothing() -> None:
    """Take nothing away."""


def _line(turn: Turn) -> str:
    failed = f", {len(turn.errors)} FAILED: {turn.errors[0]}" if turn.errors else ""
    return (
        f"{turn.place}, {turn.scene} {turn.round}: p50 {turn.p50:.1f} p95 {turn.p95:.1f} "
        f"p99 {turn.p99:.1f} ms of {turn.requests}{failed}"
    )
