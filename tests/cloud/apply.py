"""A simulated apply as tests see it: begun, looked at, and ended with whoever began it.

What it makes is ended by a process that waits on a pipe: it comes to its end when the tests close
it, and also when they were killed.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundplan.cloud import simulated
from groundplan.tools import environment

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "dev"
REGION = "us-east-1"
REAPER = Path(__file__).with_name("reaper.py")

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An apply that was begun."""

    data: Path
    process: Process
    reaper: Process

    def end(self) -> None:
        """End it and its simulator, and forget what they wrote."""
        self.reaper.communicate()
        self.process.wait()


def begin(data: Path) -> UnderWay:
    """Begin an apply whose simulator is kept."""
    words = [str(ROOT / "run"), "apply", ENVIRONMENT, "--simulate", "--keep", "--data", str(data)]
    with (data / "words").open("wb") as said:
        process = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
    return UnderWay(data, process, reaper(data, process.pid))


def reaper(data: Path, pid: int) -> Process:
    """Start what ends a process and the simulators below a folder, once its input is closed."""
    words = [sys.executable, str(REAPER), str(pid), str(data)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `./run` as a person would in CI."""
    return subprocess.run(
        [str(ROOT / "run"), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply said, and how to look at what it made."""

    data: Path
    words: str

    @property
    def folder(self) -> Path:
        """Holds its state, its log and the record of its simulator."""
        return self.data / "simulated" / ENVIRONMENT

    @property
    def url(self) -> str:
        """Where the simulator listens."""
        return str(json.loads((self.folder / "simulator.json").read_text())["url"])

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment of a program whose AWS is the simulator."""
        return {**os.environ, **simulated.settings(self.url), "AWS_REGION": REGION}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the environment."""
        return run(words[0], ENVIRONMENT, "--simulate", "--data", str(self.data), *words[1:])

    def state(self) -> list[dict[str, Any]]:
        """Return the resources of Terraform's state with their values."""
        path = next(self.folder.rglob("terraform.tfstate"))
        read = json.loads(path.read_text())
        return [
            {"address": f"{each.get('module', '')}.{each['type']}", **instance["attributes"]}
            for each in read["resources"]
            if each["mode"] == "managed"
            for instance in each["instances"]
        ]

    def account(self, name: str) -> dict[str, Any]:
        """Read the account with boto3 alone."""
        reader = ROOT / "tests/cloud/read_account.py"
        done = subprocess.run(
            [environment.python("simulator"), reader, REGION, name],
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found
