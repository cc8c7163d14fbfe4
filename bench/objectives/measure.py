"""Turns of both sides under the rate that the file promises to carry."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlparse

from bench import meter, rounds
from bench.objectives import client, mix, stores
from bench.objectives.mix import SHARES
from bench.stack import BenchError, Ground, Stack


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often each side is measured, and at which rate."""

    rounds: int
    seconds: int
    per_minute: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One turn of one side; latencies in milliseconds, processor time in µs a request."""

    side: str
    round: int
    requests: int
    p50: float
    p95: float
    p99: float
    by_kind: Mapping[str, float]
    """The 95th percentile of each kind of request."""
    database: float
    """Average of a transaction."""
    cache: float
    """Average of a read, as a caller beside the load sees it."""
    connections: int
    cpu: Mapping[str, float]
    errors: Sequence[str]


def measure(
    stacks: Sequence[Stack], ground: Ground, plan: Plan, say: Callable[[str], None]
) -> list[Sample]:
    """Measure both sides in turns, after a short one of each that nobody counts.

    Raises:
        BenchError: the sides do not do the same work.
    """
    for scenario in SHARES:
        rounds.require_equal_work(stacks, scenario, ground.token)
    for stack in stacks:
        say(f"warming up {stack.name}")
        asyncio.run(_turn(stack, ground, plan, 0, plan.seconds // 4))
    samples = []
    for number in range(1, plan.rounds + 1):
        for stack in stacks:
            sample = asyncio.run(_turn(stack, ground, plan, number, plan.seconds))
            say(_line(sample, plan.rounds))
            samples.append(sample)
    return samples


async def _turn(stack: Stack, ground: Ground, plan: Plan, number: int, seconds: int) -> Sample:
    address = urlparse(stack.url)
    host, port = str(address.hostname), address.port or 80
    rate = plan.per_minute / 60
    requests = mix.requests(address.netloc, ground.token, round(rate * seconds))
    tiers = {**stack.tiers, **ground.shared}
    before = meter.cpu_seconds(tiers)
    async with stores.watched(ground.database_url, ground.redis_url) as kept:
        seen = await client.send(host, port, requests, rate)
    used = meter.cpu_between(before, meter.cpu_seconds(tiers))
    latencies = [one for kind in seen.latencies.values() for one in kind]
    if not latencies:
        raise BenchError(f"{stack.name} answered nothing: {seen.errors[:3]}")
    return Sample(
        side=stack.name,
        round=number,
        requests=len(requests),
        p50=percentile(latencies, 50),
        p95=percentile(latencies, 95),
        p99=percentile(latencies, 99),
        by_kind={kind: percentile(found, 95) for kind, found in sorted(seen.latencies.items())},
        database=round(kept.database, 3),
        cache=round(kept.cache, 3),
        connections=kept.connections,
        cpu={tier: round(spent / len(requests) * 1e6, 1) for tier, spent in used.items()},
        errors=seen.errors,
    )


def percentile(seconds: Sequence[float], share: int) -> float:
    """Return the milliseconds under which `share` percent of the latencies lie."""
    ordered = sorted(seconds)
    place = max(0, -(-len(ordered) * share // 100) - 1)
    return round(ordered[place] * 1000, 3)


def _line(sample: Sample, count: int) -> str:
    failed = f", {len(sample.errors)} FAILED: {sample.errors[0]}" if sample.errors else ""
    return (
        f"{sample.round}/{count} {sample.side:>6}: p50 {sample.p50:.1f} p95 {sample.p95:.1f} "
        f"p99 {sample.p99:.1f} ms, database {sample.database:.2f} ms, "
        f"cache {sample.cache:.2f} ms, {sample.connections} connections{failed}"
    )
