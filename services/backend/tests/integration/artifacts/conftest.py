"""Fixtures: uploads as a client makes them, in small parts, against one replica of our own."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

PART = 65_536
OCTETS = {"content-type": "application/octet-stream"}


@pytest.fixture(scope="module")
def settings() -> dict[str, str]:
    """Parts of 64 KiB, files of 4 MiB and 30 days at the most."""
    return {
        "ARTIFACT_PART_SIZE": str(PART),
        "ARTIFACT_MAX_SIZE": str(4 << 20),
        "ARTIFACT_KEEP_DAYS": "30",
    }


@pytest.fixture(scope="module")
def running(replica: Any, stack: Any, settings: dict[str, str]) -> Any:
    """A replica with these settings; the users are those of `replica`."""
    return stack.replica(**settings)


@pytest.fixture
def operator(running: Any) -> Iterator[httpx.Client]:
    """A client of an operator's."""
    with running.client(running.signed_in("operator@groundplan.example")) as client:
        yield client


@pytest.fixture
def viewer(running: Any) -> Iterator[httpx.Client]:
    """A client of a viewer's."""
    with running.client(running.signed_in("viewer@groundplan.example")) as client:
        yield client


@pytest.fixture
def begin(operator: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Begin an upload."""

    def begin(name: str, size: int, **more: Any) -> dict[str, Any]:
        answer = operator.post(
            "/api/v1/artifacts/uploads", json={"name": name, "size": size, **more}
        )
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return begin


@pytest.fixture
def send(operator: httpx.Client) -> Callable[..., httpx.Response]:
    """Send one part of a file."""

    def send(upload: dict[str, Any], number: int, content: bytes, **more: str) -> httpx.Response:
        part = content[(number - 1) * PART : number * PART]
        path = f"/api/v1/artifacts/uploads/{upload['id']}/parts/{number}"
        return operator.put(path, content=part, headers={**OCTETS, **more})

    return send


@pytest.fixture
def complete(operator: httpx.Client, until: Any) -> Callable[..., dict[str, Any]]:
    """End an upload and wait for its check."""

    def complete(upload: dict[str, Any], **said: str) -> dict[str, Any]:
        path = f"/api/v1/artifacts/uploads/{upload['id']}"
        answer = operator.post(f"{path}/complete", json=said)
        assert answer.status_code in (200, 202), answer.text
        until(lambda: operator.get(path).json()["state"] != "checking")
        found: dict[str, Any] = operator.get(path).json()
        return found

    return complete


@pytest.fixture
def put(begin: Any, send: Any, complete: Any) -> Callable[..., dict[str, Any]]:
    """Upload a whole file; return the upload as it is afterwards."""

    def put(name: str, content: bytes, **more: Any) -> dict[str, Any]:
        upload = begin(name, len(content), **more)
        for number in range(1, upload["parts"] + 1):
            assert send(upload, number, content).status_code == 200
        found: dict[str, Any] = complete(upload, sha256=hashlib.sha256(content).hexdigest())
        return found

    return put
