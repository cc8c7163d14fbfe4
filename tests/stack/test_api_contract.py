"""The running API keeps to its own description, whoever asks."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from stack import REPOSITORY, ROLES, Desk, People, Stack, stranger

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
ENDS_THE_SESSION = "sign-out"


def _examine(at: Path, description: str, url: str, token: str) -> subprocess.CompletedProcess[str]:
    argv = [
        *(str(SCHEMATHESIS), "--config-file", str(REPOSITORY / "schemathesis.toml")),
        *("run", description, "--url", url),
        *("--header", f"Authorization: Bearer {token}", "--exclude-path-regex", ENDS_THE_SESSION),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1"),
        *("--request-timeout", "10", "--no-color"),
    ]
    return subprocess.run(argv, cwd=at, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(autouse=True)
def _new_tokens_afterwards(desk: Desk) -> Iterator[None]:
    """An administrator's requests may change users and so end their sessions."""
    yield
    desk.close()


@pytest.mark.parametrize("role", ROLES)
def test_the_api_keeps_its_description(ready: Stack, tmp_path: Path, role: str) -> None:
    """Schemathesis with all its checks finds no error of ours and no breach, as each role.

    Its guesses of passwords lock the account that it has.
    """
    description = f"{ready.url}/api/v1/openapi.json"
    examined = _examine(tmp_path, description, ready.url, stranger(ready, role))
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
