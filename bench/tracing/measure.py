"""Three sides under load at once: with traces, without, and without once more as the control.

Whatever disturbs the machine disturbs all of them in the same moment. They are started anew many
times, because two processes of one program differ too.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from bench import load, meter, rounds
from bench.load import Load
from bench.scenario import LIST, READ, Scenario
from bench.stack import BenchError, Ground, Stack

TRACED: Final = "with traces"
BARE: Final = "without"
CONTROL: Final = "without, again"
SIDES: Final = (TRACED, BARE, CONTROL)
STORES: Final = "database, cache"
"""The tier of what all sides share, at once: nobody can tell for whom it works."""
UNSAMPLED: Final = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
CONNECTIONS: Final = 8
"""Of each side: together no more than the machine is given elsewhere."""
SCENARIOS: Final = tuple(
    replace(each, traceparent=UNSAMPLED, connections=CONNECTIONS) for each in (LIST, READ)
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How often the sides are started, how many blocks each time, and the seconds of one."""

    runs: int
    blocks: int
    seconds: int
    warmup: int


@dataclass(frozen=True, slots=True)
class Block:
    """All sides under one kind of work at once; microseconds a request by tier."""

    scenario: str
    run: int
    requests: int
    cpu: Mapping[str, Mapping[str, float]]

    def of(self, side: str, tier: str) -> float:
        """Return what a request costs on a side, in one tier, or in all where none is named."""
        found = self.cpu[side]
        return found[tier] if tier else sum(found.values())


def measure(
    stacks: Mapping[str, Stack], ground: Ground, plan: Plan, run: int, say: Callable[[str], None]
) -> list[Block]:
    """Measure all kinds of work while the sides run this time.

    Raises:
        BenchError: a request failed, or the sides do not do the same work.
    """
    found = []
    for scenario in SCENARIOS:
        rounds.require_equal_work(list(stacks.values()), scenario, ground.token)
        _at_once(stacks, ground, scenario, 0, plan.warmup)
        for number in range(plan.blocks):
            seen, used = _at_once(stacks, ground, scenario, run + number, plan.seconds)
            found.append(block(scenario.name, run, seen, used))
            say(_line(found[-1]))
    return found


def order(number: int) -> tuple[str, ...]:
    """Return who is first, second and third; whoever is first this time is not the next."""
    first = number % len(SIDES)
    return (*SIDES[first:], *SIDES[:first])


def block(
    scenario: str, run: int, seen: Mapping[str, Load], used: Mapping[tuple[str, str], float]
) -> Block:
    """Return what the sides say together.

    Args:
        scenario: the name of the work.
        run: which start of the sides it is of.
        seen: what came of the requests, by side.
        used: seconds of processor time by side and tier; those of the stores are of no side.

    Raises:
        BenchError: a request failed.
    """
    for side, each in seen.items():
        if not each.requests or any(each.errors.values()):
            raise BenchError(f"the run is INVALID: {scenario}, {side}: {each.errors}")
    requests = sum(each.requests for each in seen.values())
    stores = round(used["", STORES] / requests * 1e6, 2)
    cpu = {
        side: {
            tier: round(seconds / each.requests * 1e6, 2)
            for (whose, tier), seconds in used.items()
            if whose == side
        }
        for side, each in seen.items()
    }
    return Block(scenario, run, requests, {side: {**cpu[side], STORES: stores} for side in seen})


def _at_once(
    stacks: Mapping[str, Stack], ground: Ground, scenario: Scenario, number: int, seconds: int
) -> tuple[dict[str, Load], dict[tuple[str, str], float]]:
    """Put all sides under load; return what came of it, and seconds by side and tier."""
    processes = {
        (name, tier): pids for name, stack in stacks.items() for tier, pids in stack.tiers.items()
    }
    processes["", STORES] = [pid for pids in ground.shared.values() for pid in pids]
    before = {key: meter.cpu_seconds({"": pids}) for key, pids in processes.items()}
    with ThreadPoolExecutor(len(SIDES)) as callers:
        sent = {
            name: callers.submit(
                load.run, scenario, stacks[name].url, ground.token, seconds=seconds
            )
            for name in order(number)
        }
        seen = {name: each.result() for name, each in sent.items()}
    used = {
        key: meter.cpu_between(before[key], meter.cpu_seconds({"": pids}))[""]
        for key, pids in processes.items()
    }
    return seen, used


def _line(found: Block) -> str:
    bare = found.of(BARE, "")
    return (
        f"{found.scenario} run {found.run}: {bare:.0f} us without, "
        f"{found.of(TRACED, '') / bare - 1:+.1%} with traces, "
        f"{found.of(CONTROL, '') / bare - 1:+.1%} without again"
    )
