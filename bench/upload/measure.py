"""Rounds of sending and fetching one file, side after side, with what each tier used."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import meter
from bench.stack import BenchError, Ground, Stack
from bench.upload.client import Client

UP: Final = "up"
DOWN: Final = "down"
_LOOK_EVERY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """One way of one file on one side; CPU in milliseconds a megabyte, by tier."""

    way: str
    side: str
    round: int
    megabytes: float
    seconds: float
    cpu: Mapping[str, float]
    growth: float
    """MiB by which the backend's memory grew at the most meanwhile."""

    @property
    def per_second(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds


def measure(
    stacks: Sequence[Stack], ground: Ground, file: Path, rounds: int, say: Callable[[str], None]
) -> list[Sample]:
    """Warm both sides up with one equal file, then measure them in turns."""
    for stack in stacks:
        say(f"{stack.name}: warming up")
        _prove(stack, ground, file)
    samples = []
    for number in range(1, rounds + 1):
        for stack in stacks:
            for sample in _one(stack, ground, file, number):
                say(_line(sample, rounds))
                samples.append(sample)
    return samples


def _prove(stack: Stack, ground: Ground, file: Path) -> None:
    """Send and fetch once; both sides must give back what they got."""
    client = Client(stack.url, ground.token)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if client.fetch(client.send(file), digest=True) != (file.stat().st_size, digest):
        raise BenchError(f"{stack.name} gives back other bytes than it got")
    client.close()


def _one(stack: Stack, ground: Ground, file: Path, number: int) -> list[Sample]:
    client, found = Client(stack.url, ground.token), []
    artifact = ""

    def send() -> None:
        nonlocal artifact
        artifact = client.send(file)

    for way, work in ((UP, send), (DOWN, lambda: client.fetch(artifact))):
        found.append(_timed(stack, ground, way, number, file.stat().st_size / 1e6, work))
    client.close()
    return found


def _timed(
    stack: Stack,
    ground: Ground,
    way: str,
    number: int,
    megabytes: float,
    work: Callable[[], object],
) -> Sample:
    tiers = {**stack.tiers, **ground.shared}
    before, began = meter.cpu_seconds(tiers), time.perf_counter()
    with _Memory(stack) as memory:
        work()
    seconds = time.perf_counter() - began
    used = meter.cpu_between(before, meter.cpu_seconds(tiers))
    cpu = {tier: round(spent / megabytes * 1e3, 3) for tier, spent in used.items()}
    return Sample(way, stack.name, number, megabytes, seconds, cpu, memory.growth)


class _Memory:
    """Watches the resident memory of a side's backend for as long as a block lasts."""

    def __init__(self, stack: Stack) -> None:
        self._tiers = {"backend": stack.tiers["backend"]}
        self._first = self._most = self._now()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def growth(self) -> float:
        """MiB between the first look and the most that was seen."""
        return round(self._most - self._first, 1)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            self._most = max(self._most, self._now())

    def _now(self) -> float:
        return meter.resident_mib(self._tiers)["backend"]


def _line(sample: Sample, rounds: int) -> str:
    cpu = " ".join(f"{tier} {spent:.2f}" for tier, spent in sample.cpu.items())
    return (
        f"{sample.way} {sample.round}/{rounds} {sample.side:>6}: {sample.per_second:6.0f} MB/s, "
        f"backend grew {sample.growth:.0f} MiB, CPU ms/MB: {cpu}"
    )
