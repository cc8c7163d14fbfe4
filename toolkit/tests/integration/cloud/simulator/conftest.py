"""What tests of the simulator share: its Python, one that runs, and boto3 to ask it."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import ToolError
from groundplan.tools import environment

DRIVER = Path(__file__).with_name("driver.py")
SOURCE = Path(__file__).parents[4] / "src"
MODULE = "groundplan.cloud.simulator"
GRACE = 30
QUICK = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "false"}
"""Without the policies that AWS manages, which no test here needs, a reset takes no second."""

Ask = Callable[..., dict[str, Any]]
Start = Callable[..., "tuple[subprocess.Popen[str], str]"]


@pytest.fixture(scope="session")
def python() -> Path:
    """Return the interpreter that has the simulator's packages."""
    try:
        return environment.python("simulator")
    except ToolError as error:
        pytest.skip(f"needs the packages of requirements/simulator.lock: {error.message}")


@pytest.fixture(scope="session")
def start(python: Path) -> Iterator[Start]:
    """Return what starts a simulator; each ends with the tests, or with us."""
    started: list[subprocess.Popen[str]] = []

    def started_with(*words: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [python, "-m", MODULE, "--with-parent", str(os.getpid()), *words],
            env={**os.environ, "PYTHONPATH": str(SOURCE), **QUICK},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())["url"]

    yield started_with
    for process in started:
        process.terminate()
    for process in started:
        process.wait(GRACE)


@pytest.fixture(scope="session")
def url(start: Start) -> str:
    """Return the address of a simulator that all tests share."""
    return start()[1]


@pytest.fixture(scope="session")
def driver(python: Path, url: str) -> Iterator["subprocess.Popen[str]"]:
    """Return boto3 in a process of its own, which ends when its input does."""
    process = subprocess.Popen(
        [python, DRIVER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.communicate(timeout=GRACE)


@pytest.fixture
def ask(driver: "subprocess.Popen[str]", url: str) -> Ask:
    """Return what makes a call to an account that is empty at first."""
    reset = urllib.request.Request(f"{url}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset).close()

    def asked(
        service: str, operation: str, region: str = "us-east-1", **parameters: Any
    ) -> dict[str, Any]:
        assert driver.stdin is not None
        assert driver.stdout is not None
        driver.stdin.write(json.dumps([service, operation, parameters, region]) + "\n")
        driver.stdin.flush()
        return dict(json.loads(driver.stdout.readline()))

    return asked


@pytest.fixture
def subnets(ask: Ask) -> list[str]:
    """Return two subnets of the default VPC."""
    found = ask("ec2", "describe_subnets")["Subnets"]
    return [subnet["SubnetId"] for subnet in found[:2]]


@pytest.fixture
def cluster(ask: Ask, subnets: list[str]) -> dict[str, Any]:
    """Return a cluster called one."""
    answer = ask(
        "eks",
        "create_cluster",
        name="one",
        version="1.33",
        roleArn="arn:aws:iam::123456789012:role/cluster",
        resourcesVpcConfig={"subnetIds": subnets},
        accessConfig={"authenticationMode": "API"},
    )
    return dict(answer["cluster"])
