"""One environment, applied once to simulated AWS and read back by other means than ours."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from groundplan import loader
from groundplan.model.platform import Platform
from groundplan.tools import simulator

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "dev"


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply said, and how to look at what it made."""

    data: Path
    words: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the environment."""
        return run(words[0], ENVIRONMENT, "--simulate", "--data", str(self.data), *words[1:])

    @property
    def simulator(self) -> dict[str, Any]:
        """Where the simulator listens."""
        path = self.data / "simulated" / ENVIRONMENT / "simulator.json"
        found: dict[str, Any] = json.loads(path.read_text())
        return found

    def state(self) -> list[dict[str, Any]]:
        """Return the resources of Terraform's state with their values."""
        folder = self.data / "simulated" / ENVIRONMENT
        path = next(folder.rglob("terraform.tfstate"))
        read = json.loads(path.read_text())
        return [
            {"address": f"{each.get('module', '')}.{each['type']}", **instance["attributes"]}
            for each in read["resources"]
            if each["mode"] == "managed"
            for instance in each["instances"]
        ]

    def account(self, name: str) -> dict[str, Any]:
        """Read the account with boto3 alone."""
        keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
        done = subprocess.run(
            [simulator.environment(), ROOT / "tests/cloud/read_account.py", "us-east-1", name],
            env={**os.environ, **keys, "AWS_ENDPOINT_URL": self.simulator["url"]},
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `./run` as a person would in CI."""
    return subprocess.run(
        [str(ROOT / "run"), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def platform() -> Platform:
    """Return what the file says."""
    return loader.load(str(ROOT / "platform.yaml"), ENVIRONMENT)


@pytest.fixture(scope="session")
def applied(apply_under_way: Any) -> Applied:
    """Return the environment when it is applied."""
    data, process = apply_under_way
    code = process.wait()
    words = (data / "words").read_text()
    assert 0 == code, words
    return Applied(data, words)
