"""One environment, applied once to simulated AWS and read back by other means than ours."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from groundplan import loader
from groundplan.errors import ToolError
from groundplan.model.platform import Platform
from groundplan.tools import simulator, terraform

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = "dev"


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply said, and how to look at what it made."""

    data: Path
    words: str
    seconds: float

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
def applied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """Apply the environment once, leave the simulator running, and end both whatever happens."""
    try:
        found = terraform.find()
    except ToolError as error:
        pytest.skip(f"only elsewhere: {error.message}")
    if terraform.mirror(found) is None:
        pytest.skip("only elsewhere: no mirror of the AWS provider on this machine")
    data = tmp_path_factory.mktemp("cloud")
    began = time.monotonic()
    done = run("apply", ENVIRONMENT, "--simulate", "--keep", "--data", str(data))
    made = Applied(data, done.stdout + done.stderr, time.monotonic() - began)
    try:
        assert 0 == done.returncode, made.words
        yield made
    finally:
        for record in data.rglob("simulator.json"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(json.loads(record.read_text())["pid"], signal.SIGTERM)
