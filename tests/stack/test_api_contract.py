"""The running API keeps to its own description, whoever asks."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from stack import REPOSITORY, ROLES, Desk, People, Stack, stranger

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
ENDS_THE_SESSION = "sign-out"
TRIALS = 3
CASE = re.compile(r"^\d+\. Test Case ID: ", re.MULTILINE)
STATUS = re.compile(r"^\[(\d{3})\] ", re.MULTILINE)


def _examine(at: Path, description: str, url: str, token: str) -> subprocess.CompletedProcess[str]:
    argv = [
        *(str(SCHEMATHESIS), "--config-file", str(REPOSITORY / "schemathesis.toml")),
        *("run", description, "--url", url),
        *("--header", f"Authorization: Bearer {token}", "--exclude-path-regex", ENDS_THE_SESSION),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1"),
        *("--request-timeout", "10", "--no-color"),
    ]
    return subprocess.run(argv, cwd=at, capture_output=True, text=True, timeout=900, check=False)


def _statuses(said: str) -> list[str]:
    """Return the statuses of the answers that failed, each told with its case."""
    statuses: list[str] = STATUS.findall(said)
    assert len(CASE.findall(said)) == len(statuses), said[-6000:]
    return statuses


def _is_a_stall(said: str) -> bool:
    """Tell whether all that failed is answers that somebody did not give in time."""
    return {"503"} == set(_statuses(said)) and " ERRORS " not in said


@pytest.fixture(autouse=True)
def _new_tokens_afterwards(desk: Desk) -> Iterator[None]:
    """An administrator's requests may change users and so end their sessions."""
    yield
    desk.close()


@pytest.mark.parametrize("role", ROLES)
def test_the_api_keeps_its_description(ready: Stack, tmp_path: Path, role: str) -> None:
    """Schemathesis with all its checks finds no error of ours and no breach, as each role.

    Its guesses of passwords lock the account that it has. A machine that stalls makes the gateway
    and the backend say 503, as they are described to: it is asked the same again then.
    """
    description = f"{ready.url}/api/v1/openapi.json"
    for _ in range(TRIALS):
        examined = _examine(tmp_path, description, ready.url, stranger(ready, role))
        if examined.returncode == 0 or not _is_a_stall(examined.stdout):
            break
    found = examined.stdout.partition("FAILURES")[2] or examined.stdout
    assert examined.returncode == 0, found[:6000]


def test_a_breach_would_be_noticed(ready: Stack, signed_in: People, tmp_path: Path) -> None:
    """Negative control: against a description that says otherwise, Schemathesis fails."""
    described = httpx.get(f"{ready.url}/api/v1/openapi.json").json()
    me = described["paths"]["/api/v1/identity/me"]
    me["get"]["responses"] = {"418": {"description": "A teapot"}}
    described["paths"] = {"/api/v1/identity/me": me}
    (tmp_path / "openapi.json").write_text(json.dumps(described))
    examined = _examine(tmp_path, "openapi.json", ready.url, signed_in.tokens["viewer"])
    assert examined.returncode == 1, examined.stdout[-2000:]
    assert "200" in _statuses(examined.stdout)
    assert not _is_a_stall(examined.stdout)
