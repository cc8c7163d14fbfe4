"""An archive for a bug report, of a live platform: all of it, and nothing secret.

The platform is one of its own: what is planted here, others look for in vain in theirs.
"""

import base64
import json
import secrets
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from signals import Store
from stack import Desk, People, Stack
from steady import is_encrypted


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start a platform whose signals may be spoilt."""
    file = "encrypted.yaml" if is_encrypted() else "platform.yaml"
    running = Stack(tmp_path_factory.mktemp("spoilt"), Path(__file__).with_name(file))
    words = ["--tls"] if is_encrypted() else []
    with pytest.MonkeyPatch.context() as patched:
        try:
            started = running.up("--port-base", "20080", *words)
            for name, value in running.trust().items():
                patched.setenv(name, value)
            assert 0 == started.returncode, started.stderr
            yield running
        finally:
            running.run("down")


@pytest.fixture(scope="module")
def desk(stack: Stack) -> Desk:
    """Where people of this platform sign in."""
    return Desk(stack)


def exported(stack: Stack, path: Path) -> dict[str, str]:
    """Return the texts of an archive of the platform, by name."""
    done = stack.run("export", "--file", str(stack.file), "--out", str(path))
    assert (0, f"{path}\n") == (done.returncode, done.stdout), done.stderr
    with tarfile.open(path) as archive:
        return {
            each.name.removeprefix("groundplan-export/"): archive.extractfile(each).read().decode()  # type: ignore[union-attr]
            for each in archive.getmembers()
        }


def forms(secret: str) -> list[str]:
    """Return a secret as it is, in base64 alone and behind a name, and as in a URL."""
    named = f"user:{secret}".encode()
    return [
        secret,
        base64.b64encode(secret.encode()).decode(),
        base64.b64encode(named).decode(),
        quote(secret, safe=""),
    ]


def kept(stack: Stack) -> list[str]:
    """Return every secret of the data folder."""
    files = [each for each in (stack.data / "secrets").iterdir() if each.suffix != ".json"]
    return [stack.credentials()["password"], *(each.read_text().strip() for each in files)]


@pytest.fixture
def planted(ready: Stack, signed_in: People) -> list[str]:
    """Put what is secret into paths, logs and spans; return all its forms.

    A token or an address, which only its look gives away, is no more to be known once encoded.
    """
    looks = [signed_in.tokens["viewer"], f"{secrets.token_hex(8)}@stack.example"]
    known = [*looks, *(form for each in kept(ready) for form in forms(each))]
    for each in known:
        httpx.get(f"{ready.url}/api/v1/{quote(each, safe='')}", timeout=10)
    with (ready.data / "logs/backend-1.log").open("a") as log:
        log.writelines(f"said {each}\n" for each in known)
    # The store has read up to here once it knows the last line.
    marker = f"marker{secrets.token_hex(8)}"
    httpx.get(f"{ready.url}/api/v1/{marker}", timeout=10)
    store, deadline = Store(ready), time.monotonic() + 60
    while not store.get("/logs", text=marker)["items"]:
        assert time.monotonic() < deadline, "the store has not read the logs"
        time.sleep(0.1)
    return known


def test_it_holds_everything_and_no_secret(
    ready: Stack, planted: list[str], tmp_path: Path
) -> None:
    """Signals, settings, logs and the start; none of what is secret, in no form."""
    found = exported(ready, tmp_path / "out.tar.gz")
    for name in (
        "README.txt",
        "machine.json",
        "platform/resolved.json",
        "config/gateway-1/envoy.json",
        "config/frontend-1/nginx.conf",
        "logs/backend-1.log",
        "telemetry/traces.jsonl",
        "telemetry/logs.jsonl",
        "telemetry/alerts.json",
        "telemetry/metrics/backend.jsonl",
    ):
        assert found.get(name), name
    assert "ready" == json.loads(found["status.json"])["state"]
    assert any("-up-" in name for name in found if name.startswith("traces/"))
    assert any("marker" in line for line in found["telemetry/logs.jsonl"].splitlines())
    text = "\n".join(found.values())
    assert set() == {each[:6] for each in planted if each in text}
    assert str(ready.data) not in text


def test_the_search_can_fail(ready: Stack, planted: list[str]) -> None:
    """In what is packed, before it is scrubbed, they all are."""
    text = (ready.data / "logs/backend-1.log").read_text()
    assert [] == [each for each in planted if each not in text]


def test_it_works_without_the_store(ready: Stack, tmp_path: Path) -> None:
    """Its files are read in its place, and README.txt says what is missing."""
    with ready.frozen("telemetry"):
        found = exported(ready, tmp_path / "out.tar.gz")
    assert "metrics, alerts and rules are missing" in found["README.txt"]
    assert found["telemetry/spans.jsonl"]
