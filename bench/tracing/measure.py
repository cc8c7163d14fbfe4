"""The doors of one gateway in turn: one that traces, one that does not, and one as the control.

They lead through the same processes, because two processes of one program differ by more than
what is asked for. That the services look whether a request is sampled cannot be taken out of a
running one: what it costs is measured by itself.
"""

import random
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from statistics import median
from typing import Final

from bench import load, meter, rounds
from bench.load import Load
from bench.scenario import LIST, READ, Scenario
from bench.stack import BenchError, Ground, Stack
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.settings import Tracing

TRACED: Final = "with traces"
BARE: Final = "without"
CONTROL: Final = "without, again"
DOORS: Final = (TRACED, BARE, CONTROL)
LOOK: Final = "services' look"
"""The tier of what authorisation and backend do to find that a request is not sampled."""
STORES: Final = "database, cache"
"""The tier of what works for the whole platform: nobody can tell whose turn made it work."""
SERVICES: Final = 2
UNSAMPLED: Final = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
CONNECTIONS: Final = 8
SCENARIOS: Final = tuple(
    replace(each, traceparent=UNSAMPLED, connections=CONNECTIONS) for each in (LIST, READ)
)
_LOOKS: Final = 100_000
_REPEATS: Final = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How often the processes are started, how many blocks each time, seconds of a door's turn."""

    runs: int
    blocks: int
    seconds: int
    warmup: int


@dataclass(frozen=True, slots=True)
class Block:
    """One turn of every door under one kind of work; microseconds a request by tier."""

    scenario: str
    run: int
    requests: int
    cpu: Mapping[str, Mapping[str, float]]

    def of(self, door: str, tier: str) -> float:
        """Return what a request costs through a door, in one tier or, without one, in all."""
        found = self.cpu[door]
        return found[tier] if tier else sum(found.values())


def measure(
    doors: Mapping[str, Stack], ground: Ground, plan: Plan, run: int, say: Callable[[str], None]
) -> list[Block]:
    """Measure all kinds of work while the processes run this time.

    Args:
        doors: by what they are called in `DOORS`; all have the same processes.
        ground: what they stand on.
        plan: how long.
        run: which start of the processes it is.
        say: told of each block.

    Raises:
        BenchError: a request failed, or the doors do not lead to the same work.
    """
    found = []
    looks = {door: look(is_on=door == TRACED) for door in DOORS}
    for scenario in SCENARIOS:
        rounds.require_equal_work(list(doors.values()), scenario, ground.token)
        for each in doors.values():
            _turn(each, ground, scenario, plan.warmup)
        for order in orders(run, plan.blocks):
            turns = {door: _turn(doors[door], ground, scenario, plan.seconds) for door in order}
            found.append(block(scenario.name, run, turns, looks))
            say(_line(found[-1]))
    return found


def orders(run: int, blocks: int) -> list[tuple[str, ...]]:
    """Return whose turn is first, second and third in each block; every order as often.

    By chance, anew in each run: what the platform does every few seconds meets nobody always.
    """
    chance = random.Random(run)
    found: list[tuple[str, ...]] = []
    while len(found) < blocks:
        each = list(permutations(DOORS))
        chance.shuffle(each)
        found += each
    return found[:blocks]


def block(
    scenario: str,
    run: int,
    turns: Mapping[str, tuple[Load, Mapping[str, float]]],
    looks: Mapping[str, float],
) -> Block:
    """Return what the doors say together.

    Args:
        scenario: the name of the work.
        run: which start of the processes it is of.
        turns: what came of the requests, and seconds of processor time by tier, by door.
        looks: microseconds that services would spend on a look, by door.

    Raises:
        BenchError: a request failed.
    """
    for door, (seen, _) in turns.items():
        if not seen.requests or any(seen.errors.values()):
            raise BenchError(f"the run is INVALID: {scenario}, {door}: {seen.errors}")
    requests = sum(seen.requests for seen, _ in turns.values())
    stores = sum(used[STORES] for _, used in turns.values()) / requests * 1e6
    cpu = {}
    for door, (seen, used) in turns.items():
        own = {tier: each / seen.requests * 1e6 for tier, each in used.items()}
        tiers = {**own, LOOK: looks[door], STORES: stores}
        cpu[door] = {tier: round(each, 2) for tier, each in tiers.items()}
    return Block(scenario, run, requests, cpu)


def look(*, is_on: bool) -> float:
    """Return the microseconds in which all services look whether a request is sampled."""
    begin, header = recorder(is_on=is_on).begin, UNSAMPLED.encode()
    took = timeit.repeat(lambda: begin(header), time.process_time, repeat=_REPEATS, number=_LOOKS)
    return median(took) / _LOOKS * 1e6 * SERVICES


def recorder(*, is_on: bool) -> Recorder:
    """Return what a service looks with that was told who takes spans, or was not."""
    return Recorder(Tracing(endpoint="http://127.0.0.1:4318" if is_on else ""))


def _turn(
    door: Stack, ground: Ground, scenario: Scenario, seconds: int
) -> tuple[Load, dict[str, float]]:
    """Put a door under load; return what came of it, and seconds of processor time by tier."""
    stores = [pid for pids in ground.shared.values() for pid in pids]
    tiers: dict[str, Sequence[int]] = {**door.tiers, STORES: stores}
    before = meter.cpu_seconds(tiers)
    seen = load.run(scenario, door.url, ground.token, seconds=seconds)
    return seen, meter.cpu_between(before, meter.cpu_seconds(tiers))


def _line(found: Block) -> str:
    bare = found.of(BARE, "")
    return (
        f"{found.scenario} run {found.run}: {bare:.0f} us without, "
        f"{found.of(TRACED, '') / bare - 1:+.1%} with traces, "
        f"{found.of(CONTROL, '') / bare - 1:+.1%} without again"
    )
