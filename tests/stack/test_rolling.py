"""A service is deployed to a new version without losing a request, and a bad one goes back."""

import asyncio
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from patient import patient
from stack import REPOSITORY, People, Stack, get_request
from steady import Answer, Steady, eventually

ORDERS = REPOSITORY / "examples" / "own-service" / "orders"
READS_A_SECOND = 40.0
BEFORE = '"next": None}'
"""In the answer of the example; each version adds its own name to it."""


@pytest.fixture(scope="module", autouse=True)
def _folder_at_the_end(stack: Stack) -> Iterator[None]:
    """Leave no version running."""
    yield
    assert stack.run("restart", "orders", "--folder").returncode == 0


@pytest.fixture
def code(ready: Stack, tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Return what writes a version and gives the words that release and deploy it."""

    def written(version: str, after: str = "") -> list[str]:
        folder = tmp_path / version
        shutil.copytree(ORDERS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        app = folder / "app.py"
        text = app.read_text().replace(BEFORE, f'"next": None, "edition": "{version}"}}')
        app.write_text(text + after)
        words = ["release", "orders", "--from", str(folder), "--version", version]
        return [*words, "--file", str(ready.file), "--deploy"]

    return written


@pytest.fixture
def edition() -> str:
    """Return a version that no other test has used."""
    return f"{time.time_ns():x}"


def _reads(stack: Stack, people: People, seen: list[str]) -> Steady:
    request = get_request("/api/orders", people.tokens["viewer"])

    def look(_: int, answer: Answer) -> None:
        if answer.status == 200:
            seen.append(json.loads(answer.body).get("edition", ""))

    return Steady(stack.port, lambda _: request, rate=READS_A_SECOND, on_answer=look)


def _last(stack: Stack, people: People) -> dict[str, Any]:
    with patient(stack.url, headers=people.headers("viewer")) as client:
        query = {"environment": "local", "service": "orders", "limit": 1}
        answer = client.get("/api/v1/delivery/deployments", params=query)
    found: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return found[0] if found else {"state": ""}


async def test_a_version_replaces_another_under_reads(
    ready: Stack, signed_in: People, code: Any, edition: str
) -> None:
    """No read fails, the new version answers in the end, and the state and the status say so."""
    seen: list[str] = []
    async with _reads(ready, signed_in, seen) as reads:
        await reads.until(40)
        done = await asyncio.to_thread(ready.run, *code(edition))
        await reads.until(40)
    assert 0 == done.returncode, done.stderr
    assert [] == reads.outcome.errors
    assert ("", edition) == (seen[0], seen[-1])
    assert "live" == _last(ready, signed_in)["state"]
    told = [each["detail"] for each in ready.components("orders")]
    assert [f"version {edition}"] * 2 == told


async def test_one_that_does_not_start_goes_back(
    ready: Stack, signed_in: People, code: Any, edition: str
) -> None:
    """Within seconds the deployment is rolled back, says why, and no read has noticed."""
    seen: list[str] = []
    async with _reads(ready, signed_in, seen) as reads:
        began = time.monotonic()
        done = await asyncio.to_thread(ready.run, *code(edition, 'raise SystemExit("no")\n'))
        seconds = time.monotonic() - began
        await reads.until(40)
    assert 5 == done.returncode, done.stderr
    found = _last(ready, signed_in)
    assert ("rolled_back", True) == (found["state"], "exited with code 1" in found["reason"])
    assert [] == reads.outcome.errors
    assert edition not in seen
    assert seconds < 30


async def test_one_that_answers_with_errors_goes_back(
    ready: Stack, signed_in: People, code: Any, edition: str
) -> None:
    """Its probes are content, but Envoy counts failed requests: the first replica ends it."""
    wrong = "app.router.routes.insert(0, Route('/api/orders', lambda request: 1 / 0))\n"
    async with _reads(ready, signed_in, []) as reads:
        done = await asyncio.to_thread(ready.run, *code(edition, wrong))
        await reads.until(80)
        settled = reads.seconds - 1
    assert 5 == done.returncode, done.stderr
    found = _last(ready, signed_in)
    assert ("rolled_back", True) == (found["state"], "requests failed" in found["reason"])
    assert [] == [error for error in reads.outcome.errors if error[0] > settled]


async def test_a_killed_supervisor_is_no_end(
    ready: Stack, signed_in: People, code: Any, edition: str
) -> None:
    """The next one goes on with the same deployment until it is live."""
    rolling = asyncio.create_task(asyncio.to_thread(ready.run, *code(edition)))
    await eventually(lambda: _is_applying(ready, signed_in, edition), 30, "it is applied")
    os.kill(ready.supervisor(), signal.SIGKILL)
    assert 0 == (await asyncio.to_thread(ready.up)).returncode
    done = await rolling
    assert 0 == done.returncode, done.stderr
    told = [each["detail"] for each in ready.components("orders")]
    assert [f"version {edition}"] * 2 == told


def _is_applying(stack: Stack, people: People, edition: str) -> bool:
    found = _last(stack, people)
    # Looked at seldom, as on a slow machine, it may be past the first of these.
    if found["state"] not in ("applying", "verifying"):
        return False
    details = [each["detail"] for each in stack.components("orders")]
    return f"version {edition}" in details
