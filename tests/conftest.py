"""Begins the one slow thing early: a simulated apply waits more than it works.

It is under way while the tests before it judge files, and none of them measures time. Where no
test of it is asked for, it is not begun.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import ToolError
from groundplan.tools import terraform

ROOT = Path(__file__).resolve().parents[1]
UNDER_WAY = pytest.StashKey[tuple[Path, "subprocess.Popen[bytes]"]]()
ENVIRONMENT = "dev"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the apply before the first test of these folders."""
    config = item.config
    asked_for = any("tests/cloud" in each.nodeid for each in item.session.items)
    if asked_for and UNDER_WAY not in config.stash and _can_apply():
        data = Path(tempfile.mkdtemp(prefix="groundplan-cloud-"))
        config.stash[UNDER_WAY] = data, _begin(data)


def _can_apply() -> bool:
    try:
        return terraform.mirror(terraform.find()) is not None
    except ToolError:
        return False


def _begin(data: Path) -> "subprocess.Popen[bytes]":
    words = [str(ROOT / "run"), "apply", ENVIRONMENT, "--simulate", "--keep", "--data", str(data)]
    with (data / "words").open("wb") as said:
        return subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the apply and its simulator, and forget what they wrote."""
    if UNDER_WAY not in session.config.stash:
        return
    data, process = session.config.stash[UNDER_WAY]
    process.kill()
    for record in data.rglob("simulator.json"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(json.loads(record.read_text())["pid"], signal.SIGTERM)
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def apply_under_way(request: pytest.FixtureRequest) -> Any:
    """Return the folder and the process of the apply."""
    found = request.config.stash.get(UNDER_WAY, None)
    if found is None:
        pytest.skip("only elsewhere: no Terraform, or no mirror of the AWS provider, is here")
    return found
