"""Rounds of measuring: first equal work is proved, then the sides take turns under load."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from bench import load, meter
from bench.scenario import SCENARIOS, Scenario
from bench.stack import BenchError, Ground, Stack

_SHOWN: Final = (
    *("name", "kind", "tier", "description", "replicas", "calls", "source"),
    *("service", "key", "value", "url", "created_by"),
    *("actor", "actor_name", "action", "target", "outcome", "address", "request_id"),
    *("token_type", "expires_in", "user"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often each side is measured."""

    rounds: int
    seconds: int
    warmup: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One side under one scenario in one round; latencies and CPU in microseconds."""

    scenario: str
    side: str
    round: int
    requests: int
    per_second: float
    p50: int
    p95: int
    p99: int
    errors: Mapping[str, int]
    cpu: Mapping[str, float]
    """CPU per request, by tier."""

    @property
    def is_valid(self) -> bool:
        """Nothing failed and something was answered."""
        return self.requests > 0 and not any(self.errors.values())


def measure(
    stacks: Sequence[Stack],
    ground: Ground,
    plan: Plan,
    say: Callable[[str], None],
) -> list[Sample]:
    """Measure every scenario on every stack, side after side, round after round."""
    work = [scenario.for_caller(ground.credentials) for scenario in SCENARIOS]
    for scenario in work:
        require_equal_work(stacks, scenario, ground.token)
    samples = []
    for scenario in work:
        for stack in stacks:
            say(f"{scenario.name}: warming up {stack.name}")
            load.run(scenario, stack.url, ground.token, seconds=plan.warmup)
        for number in range(1, plan.rounds + 1):
            for stack in stacks:
                sample = one(stack, ground, scenario, number, plan.seconds)
                say(_line(sample, plan.rounds))
                samples.append(sample)
    return samples


def require_equal_work(stacks: Sequence[Stack], scenario: Scenario, token: str) -> None:
    """Send one request to each stack and compare what they did.

    Raises:
        BenchError: a wrong status, or answers that do not name the same things.
    """
    essences = {}
    for stack in stacks:
        answer = httpx.request(
            scenario.method,
            stack.url + scenario.path,
            headers=scenario.headers(token),
            content=scenario.body,
            timeout=10,
        )
        if answer.status_code != scenario.status:
            raise BenchError(
                f"{stack.name} answered {scenario.name} with {answer.status_code}, "
                f"expected {scenario.status}: {answer.text[:300]}"
            )
        essences[stack.name] = _essence(answer.json())
        if scenario.rows is not None and len(answer.json()["items"]) != scenario.rows:
            raise BenchError(f"{stack.name} does not answer {scenario.rows} rows")
    if len({repr(essence) for essence in essences.values()}) > 1:
        raise BenchError(f"the stacks do not answer {scenario.name} alike: {essences}")


def _essence(document: Mapping[str, object]) -> object:
    """What both answers must agree on; ids, times and members that only one side has are not."""
    items = document.get("items")
    things = items if isinstance(items, list) else [document]
    return [{name: thing.get(name) for name in _SHOWN} for thing in things]


def one(stack: Stack, ground: Ground, scenario: Scenario, number: int, seconds: int) -> Sample:
    """Measure one scenario on one stack for so long."""
    tiers = {**stack.tiers, **ground.shared}
    before = meter.cpu_seconds(tiers)
    seen = load.run(scenario, stack.url, ground.token, seconds=seconds)
    used = meter.cpu_between(before, meter.cpu_seconds(tiers))
    answered = max(seen.requests, 1)
    return Sample(
        scenario=scenario.name,
        side=stack.name,
        round=number,
        requests=seen.requests,
        per_second=round(seen.per_second, 1),
        p50=seen.p50,
        p95=seen.p95,
        p99=seen.p99,
        errors=seen.errors,
        cpu={tier: round(spent / answered * 1e6, 1) for tier, spent in used.items()},
    )


def _line(sample: Sample, rounds: int) -> str:
    cpu = " ".join(f"{tier} {spent:.0f}" for tier, spent in sample.cpu.items())
    failed = "" if sample.is_valid else f"  INVALID: {dict(sample.errors)}"
    return (
        f"{sample.scenario} {sample.round}/{rounds} {sample.side:>6}: "
        f"{sample.per_second:7.0f}/s p99 {sample.p99 / 1000:6.1f} ms, CPU us: {cpu}{failed}"
    )
