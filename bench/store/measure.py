"""Loads the store at a steady rate and asks it questions; hands on plain figures."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bench.store.content import Content
from bench.store.subject import Subject

TRACES: Final = 125
"""A second, of eight spans each."""
LINES: Final = 2_000
"""A second."""
STEPS: Final = 10
"""Into which a second is cut."""
SPANS: Final = 8
AT_ONCE: Final = 500
"""Traces of a request while the store is filled."""
QUESTIONS: Final = {
    "the newest": "/traces",
    "of a service": "/traces?service=backend",
    "failed": "/traces?status=error",
    "slower than 50 ms": "/traces?service=backend&min_ms=50",
    "by an attribute": "/traces?attribute=http.route:/api/v1/artifacts",
    "by an attribute that nothing has": "/traces?attribute=http.route:/none",
    "the graph": "/graph",
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Steady:
    """What a steady load cost; `cpu` is a share of one core, `memory` is in MiB."""

    seconds: int
    cpu: float
    memory: float
    sent: int
    """Spans and lines."""
    stored: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Found:
    """How long a search took, in milliseconds; the slowest of three."""

    question: str
    milliseconds: float


def steady(subject: Subject, seconds: int, say: Say) -> Steady:
    """Send a thousand spans and write two thousand lines a second."""
    content = Content(1)
    say("preparing what is sent")
    spans = [list(content.exports(TRACES)) for _ in range(seconds)]
    lines = [[content.lines(LINES // STEPS) for _ in range(STEPS)] for _ in range(seconds)]
    say(f"sending for {seconds} s")
    began, memory = subject.process.cpu_times(), 0
    start = time.monotonic()
    for second in range(seconds):
        for step in range(STEPS):
            time.sleep(max(0.0, start + second + step / STEPS - time.monotonic()))
            _write(subject, lines[second][step])
            for body in spans[second][step : step + 1]:
                subject.send(body)
        memory = max(memory, subject.process.memory_info().rss)
    ended, took = subject.process.cpu_times(), time.monotonic() - start
    cpu = ended.user + ended.system - began.user - began.system
    stored, dropped = _kept(subject, seconds * (TRACES * SPANS + LINES))
    sent = seconds * (TRACES * SPANS + LINES)
    return Steady(seconds, cpu / took, memory / 2**20, sent, stored, dropped)


def fill(subject: Subject, spans: int, say: Say) -> int:
    """Send traces as fast as they are taken until so many spans are kept; return how many."""
    content = Content(2)
    while (kept := subject.settle()["signals"]["traces"]["records"]) < spans:
        say(f"{kept:,} spans are kept")
        for _ in range(max(1, min(10, (spans - kept) // (AT_ONCE * SPANS)))):
            for body in content.exports(AT_ONCE):
                while not subject.send(body):
                    time.sleep(0.2)
    return int(kept)


def searches(subject: Subject) -> Iterator[Found]:
    """Ask every question three times."""
    for question, path in QUESTIONS.items():
        yield Found(question, max(_timed(subject, path) for _ in range(3)))


def _write(subject: Subject, lines: bytes) -> None:
    whole = lines.splitlines(keepends=True)
    share = len(whole) // len(subject.logs)
    for number, log in enumerate(subject.logs):
        with log.open("ab") as file:
            os.write(file.fileno(), b"".join(whole[number * share : (number + 1) * share]))


def _kept(subject: Subject, sent: int) -> tuple[int, int]:
    """Return how many records are on the disk once they have had time to get there."""
    deadline = time.monotonic() + 5
    stored = 0
    while time.monotonic() < deadline and stored < sent:
        state = subject.ask("/state")
        stored = sum(state["counts"]["stored"][signal] for signal in ("traces", "logs"))
        time.sleep(0.2)
    return stored, sum(each["records"] for each in state["drops"])


def _timed(subject: Subject, path: str) -> float:
    start = time.monotonic()
    subject.ask(path)
    return (time.monotonic() - start) * 1000
