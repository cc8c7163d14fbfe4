"""Three sides in short turns: with traces, without, and without once more as the control.

A block goes through the sides and back again, so that whatever changes evenly meanwhile falls
on all alike. Sides are started anew several times: two processes of one program differ too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from bench import load, report, rounds
from bench.rounds import Sample
from bench.scenario import LIST, READ
from bench.stack import BenchError, Ground, Stack

TRACED: Final = "with traces"
BARE: Final = "without"
CONTROL: Final = "without, again"
SIDES: Final = (TRACED, BARE, CONTROL)
STORES: Final = ("database", "cache")
UNSAMPLED: Final = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
SCENARIOS: Final = tuple(replace(each, traceparent=UNSAMPLED) for each in (LIST, READ))


@dataclass(frozen=True, slots=True)
class Plan:
    """How often the sides are started, how many blocks each time, and the seconds of a turn."""

    runs: int
    blocks: int
    seconds: int
    warmup: int


@dataclass(frozen=True, slots=True)
class Block:
    """All sides under one kind of work, there and back; microseconds a request by tier."""

    scenario: str
    run: int
    requests: int
    cpu: Mapping[str, Mapping[str, float]]

    def of(self, side: str, tier: str) -> float:
        """Return what a request costs on a side, in one tier, or in all where none is named.

        In all, the stores cost every side the same: they know nothing of traces, and what they do
        beside a request would else count as a difference.
        """
        found = self.cpu[side]
        if tier:
            return found[tier]
        own = sum(spent for name, spent in found.items() if name not in STORES)
        return own + sum(
            fmean(each[name] for each in self.cpu.values()) for name in STORES if name in found
        )


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
        for side in SIDES:
            load.run(scenario, stacks[side].url, ground.token, seconds=plan.warmup)
        for number in range(plan.blocks):
            samples = [
                rounds.one(stacks[side], ground, scenario, number, plan.seconds)
                for side in order(run + number)
            ]
            found.append(block(run, samples))
            say(_line(found[-1]))
    return found


def order(number: int) -> tuple[str, ...]:
    """Return the turns of a block: there and back, each time beginning with another side.

    The first turns after a start cost most: over the runs every side has them as often.
    """
    first = number % len(SIDES)
    there = (*SIDES[first:], *SIDES[:first])
    return (*there, *reversed(there))


def block(run: int, samples: Sequence[Sample]) -> Block:
    """Return what the turns of a block say together.

    Raises:
        BenchError: a request failed.
    """
    if failed := report.failures(samples):
        raise BenchError("\n".join(["the run is INVALID, requests failed:", *failed]))
    return Block(
        scenario=samples[0].scenario,
        run=run,
        requests=sum(each.requests for each in samples),
        cpu={side: _cpu([each for each in samples if each.side == side]) for side in SIDES},
    )


def _cpu(samples: Sequence[Sample]) -> dict[str, float]:
    return {tier: round(fmean(each.cpu[tier] for each in samples), 2) for tier in samples[0].cpu}


def _line(found: Block) -> str:
    bare = found.of(BARE, "")
    return (
        f"{found.scenario} run {found.run}: {bare:.0f} us without, "
        f"{found.of(TRACED, '') / bare - 1:+.1%} with traces, "
        f"{found.of(CONTROL, '') / bare - 1:+.1%} without again"
    )
