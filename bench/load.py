"""Load from wrk: connections that repeat one request, with exact percentiles."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from bench.scenario import Scenario
from bench.stack import BenchError

_SCRIPT: Final = Path(__file__).parent / "wrk" / "request.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw; times in microseconds."""

    requests: int
    microseconds: int
    p50: int
    p95: int
    p99: int
    errors: dict[str, int]

    @property
    def per_second(self) -> float:
        """Requests answered per second."""
        return self.requests / self.microseconds * 1e6


def run(scenario: Scenario, url: str, token: str, *, seconds: int) -> Load:
    """Send the scenario's request for `seconds` and return what came of it.

    Raises:
        BenchError: wrk is missing or could not run.
    """
    if shutil.which("wrk") is None:
        raise BenchError("wrk is not installed: the package manager of the machine has it")
    argv = ["wrk", "-t1", f"-c{scenario.connections}", f"-d{seconds}s", "--timeout", "10s"]
    argv += ["-s", str(_SCRIPT), url + scenario.path]
    done = subprocess.run(
        argv, env=_environment(scenario, token), capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("BENCH ")]
    if done.returncode != 0 or not lines:
        raise BenchError(f"wrk failed: {done.stdout}{done.stderr}")
    return msgspec.convert(json.loads(lines[-1].removeprefix("BENCH ")), Load)


def _environment(scenario: Scenario, token: str) -> dict[str, str]:
    words = {
        "PATH": os.environ["PATH"],
        "BENCH_METHOD": scenario.method,
        "BENCH_TOKEN": None if scenario.signs_in else token,
        "BENCH_CACHE_CONTROL": scenario.cache_control,
        "BENCH_TRACEPARENT": scenario.traceparent,
        "BENCH_BODY": scenario.body,
    }
    return {name: value for name, value in words.items() if value is not None}
