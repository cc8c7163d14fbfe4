"""Rounds: both sides render the same services in turns; processor time of each whole command."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import peer
from bench.render import equal, helm
from bench.stack import BenchError

SIZES: Final = (3, 500)
"""Services of the user's own, beside those of the reference."""
SIDES: Final = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class Sample:
    """One side in one round; times in seconds."""

    services: int
    side: str
    round: int
    cpu: float
    """User and system time of the command and its children, from start to end."""
    wall: float
    objects: float = 0.0
    """Ours only: processor time of making all objects as text, in a process that is warm."""
    load: float = 0.0
    """Ours only: processor time of reading and checking the platform file, likewise."""


@dataclass(frozen=True, slots=True)
class Work:
    """What both sides are given, and the commands that do it."""

    services: int
    file: Path
    commands: dict[str, list[str]]
    equal: int
    """Objects that both sides made alike."""


def prepare(count: int, program: Path, folder: Path) -> Work:
    """Return the work for so many services, once both sides were seen to do the same.

    Raises:
        BenchError: a side failed, or they do not make the same objects.
    """
    folder.mkdir(parents=True)
    file, values = folder / "platform.yaml", folder / "values.yaml"
    file.write_text(equal.platform_file(count))
    ours, theirs = folder / "ours", folder / "theirs"
    commands = {
        "ours": _ours(file, ours),
        "theirs": helm.template(program, values, theirs, equal.PLATFORM),
    }
    _run(commands["ours"])
    below = ours / equal.ENVIRONMENT / "kubernetes"
    here = [each for name in equal.names(count) for each in equal.read(below / name)]
    values.write_text(equal.values(here, equal.names(count)))
    _run(commands["theirs"])
    return Work(count, file, commands, equal.require_equal(here, equal.read(theirs)))


def measure(work: Work, rounds: int, say: Callable[[str], None]) -> list[Sample]:
    """Let the sides render in turns, so many times."""
    samples = []
    for number in range(1, rounds + 1):
        for side in SIDES:
            samples.append(_one(work, side, number))
            say(f"{work.services} services {number}/{rounds} {side}: {samples[-1].cpu:.3f} s CPU")
    return samples


def _one(work: Work, side: str, number: int) -> Sample:
    with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as out:
        command = [*work.commands[side][:-1], out]
        cpu, wall = _run(command)
    inside = _inside(work.file) if side == "ours" else {"render": 0.0, "load": 0.0}
    return Sample(work.services, side, number, cpu, wall, inside["render"], inside["load"])


def _ours(file: Path, out: Path) -> list[str]:
    words = ["-m", "groundplan", "render", equal.ENVIRONMENT, "--file", str(file)]
    return [sys.executable, *words, "--out", str(out)]


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds of processor and of wall that a command takes.

    Raises:
        BenchError: it fails.
    """
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        child = subprocess.Popen(command, cwd=peer.ROOT, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begun
        if child.returncode != 0:
            said.seek(0)
            raise BenchError(f"{' '.join(command[:4])} failed:\n{said.read().decode()}")
    return used.ru_utime + used.ru_stime, wall


def _inside(file: Path) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.render.work", str(file), equal.ENVIRONMENT]
    done = subprocess.run(words, cwd=peer.ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"rendering alone failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found
