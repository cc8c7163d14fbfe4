"""Turns of both sides: a thousand followers, and one event after the other."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import httpx

from bench import meter
from bench.fanout import client
from bench.stack import Ground, Stack


@dataclass(frozen=True, slots=True)
class Plan:
    """How many follow, how many events they are told, how often, and how far apart."""

    rounds: int
    followers: int
    events: int
    pause: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One turn of one side: milliseconds from the request that made an event until it came."""

    side: str
    round: int
    middle: float
    """Of the follower in the middle, over all events."""
    last: float
    """Of the last follower, in the middle event."""
    worst: float
    """Of the last follower, in the worst event."""
    growth: float
    """MiB by which the backends grew with the followers."""
    cpu: Mapping[str, float]
    """µs a delivered event."""


def measure(
    stacks: Sequence[Stack],
    ground: Ground,
    tokens: Sequence[str],
    plan: Plan,
    say: Callable[[str], None],
) -> list[Sample]:
    """Measure both sides in turns, after one of each that nobody counts.

    `tokens` are those of the followers: ours lets one session follow 64 times.

    Raises:
        BenchError: a follower was refused, lost its stream or missed an event.
    """
    samples = []
    for number in range(plan.rounds + 1):
        for stack in stacks:
            sample = asyncio.run(_turn(stack, ground, tokens, plan, number))
            if number:
                say(_line(sample, plan.rounds))
                samples.append(sample)
            else:
                say(f"warmed up {stack.name}")
    return samples


async def _turn(
    stack: Stack, ground: Ground, tokens: Sequence[str], plan: Plan, number: int
) -> Sample:
    tiers = {**stack.tiers, **ground.shared}
    small = _backends(stack)
    run = secrets.token_hex(4)
    versions = [f"{run}-{count}" for count in range(plan.events)]
    lines = await client.follow(stack.url, tokens, plan.followers, versions)
    followers = [follower for _, follower in lines]
    before = meter.cpu_seconds(tiers)
    begun = {}
    async with httpx.AsyncClient(base_url=stack.url, timeout=15) as desk:
        for count, version in enumerate(versions, 1):
            begun[version] = await client.release(desk, ground.token, version)
            await client.all_seen(followers, count)
            await asyncio.sleep(plan.pause)
    used = meter.cpu_between(before, meter.cpu_seconds(tiers))
    grown = _backends(stack) - small
    for transport, _ in lines:
        transport.close()
    await asyncio.sleep(0.5)
    waits = [delays(followers, version, at) for version, at in begun.items()]
    told = plan.followers * plan.events
    return Sample(
        side=stack.name,
        round=number,
        middle=round(median(each for wait in waits for each in wait), 2),
        last=round(median(max(wait) for wait in waits), 2),
        worst=round(max(max(wait) for wait in waits), 2),
        growth=round(grown, 1),
        cpu={tier: round(spent / told * 1e6, 1) for tier, spent in used.items()},
    )


def delays(followers: Sequence[client.Follower], version: str, begun: float) -> list[float]:
    """Return the milliseconds after which each follower had an event."""
    word = f'"{version}"'.encode()
    return [(follower.seen[word] - begun) * 1000 for follower in followers]


def _backends(stack: Stack) -> float:
    return meter.memory_mib({"backend": stack.tiers["backend"]})["backend"]["pss"]


def _line(sample: Sample, rounds: int) -> str:
    cpu = " ".join(f"{tier} {spent:.0f}" for tier, spent in sample.cpu.items())
    return (
        f"{sample.round}/{rounds} {sample.side:>6}: middle {sample.middle:.0f}, "
        f"last {sample.last:.0f}, worst {sample.worst:.0f} ms, backends grew "
        f"{sample.growth:.0f} MiB, CPU us: {cpu}"
    )
