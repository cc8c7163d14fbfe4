"""With --tls every hop is encrypted, shows who it is, and says so."""

import asyncio
import json
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from stack import REPOSITORY, Stack
from steady import is_encrypted

from groundplan.runner import certificate

ASK_POSTGRES = (8).to_bytes(4, "big") + (80877103).to_bytes(4, "big")
"""PostgreSQL's way of asking to go on encrypted."""


@pytest.fixture(scope="module")
def encrypted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """Return a platform that runs with --tls: the one of the other tests where it does."""
    if is_encrypted():
        yield request.getfixturevalue("stack")
        return
    running = Stack(tmp_path_factory.mktemp("tls"), REPOSITORY / "platform.yaml")
    try:
        started = running.up("--port-base", "19180", "--tls")
        if "was built without encryption" in started.stderr:
            pytest.skip("needs a PostgreSQL that was built with TLS")
        assert started.returncode == 0, started.stderr
        _until_ready(running)
        yield running
    finally:
        running.run("down")


def _until_ready(stack: Stack) -> None:
    """Wait for what `up` does not wait for, as the store of signals."""
    deadline = time.monotonic() + 60
    while (late := stack.late()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [] == late


def _authority(stack: Stack) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=stack.data / "certificates" / "ca.crt")


async def _certificate(context: ssl.SSLContext, name: str, port: int, *, is_database: bool) -> str:
    """Return the name of who answers on a port; fails where it is not who was called."""
    plain = None if is_database else context
    told = None if is_database else name
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=plain, server_hostname=told
    )
    try:
        if is_database:
            writer.write(ASK_POSTGRES)
            assert await reader.readexactly(1) == b"S"
            await writer.start_tls(context, server_hostname=name)
        shown = writer.get_extra_info("peercert")
        return str(dict(pair[0] for pair in shown["subject"])["commonName"])
    finally:
        writer.close()


async def test_everybody_shows_a_certificate_of_its_own(encrypted: Stack, tmp_path: Path) -> None:
    """Each port answers over TLS under its component's name, and under no other."""
    context = _authority(encrypted)
    certificate.provide(tmp_path, [])
    somebody = ssl.create_default_context(cafile=certificate.authority_file(tmp_path))
    for each in encrypted.status()["components"]:
        name = each["name"].partition(".")[0]
        is_database = name == "database"
        port = each["port"]
        assert name == await _certificate(context, name, port, is_database=is_database)
        with pytest.raises(ssl.SSLCertVerificationError):
            await _certificate(context, "somebody", port, is_database=is_database)
        with pytest.raises(ssl.SSLCertVerificationError):
            await _certificate(somebody, name, port, is_database=is_database)


async def test_nobody_answers_without_encryption(encrypted: Stack) -> None:
    """A plain request gets no answer of the application on any port."""
    for each in encrypted.status()["components"]:
        reader, writer = await asyncio.open_connection("127.0.0.1", each["port"])
        if each["name"] == "cache":
            writer.write(b"PING\r\n")
        elif each["name"] != "database":
            writer.write(b"GET /healthz/live HTTP/1.1\r\nHost: a\r\n\r\n")
        else:
            writer.write((8).to_bytes(4, "big") + (196608).to_bytes(4, "big"))
        try:
            said = await asyncio.wait_for(reader.read(4096), 10)
        except ConnectionError:
            said = b""
        assert b" 200 " not in said, each
        assert b"PONG" not in said, each
        assert b"NOAUTH" not in said, each
        writer.close()


async def test_the_database_admits_encrypted_sessions_only(encrypted: Stack) -> None:
    """The backend's own account gets in over verified TLS, and is refused without."""
    url = (encrypted.data / "config/secrets/backend.database-url").read_text().strip()
    connection = await asyncpg.connect(url)
    row = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    assert await connection.fetchval(row) in ("TLSv1.2", "TLSv1.3")
    await connection.close()
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(url.partition("?")[0], ssl=False)


def test_people_are_told_https(encrypted: Stack) -> None:
    """The URL is https, the cookie never leaves without encryption, and HTTPS is promised."""
    assert encrypted.url.startswith("https://127.0.0.1:")
    first = encrypted.credentials()
    with httpx.Client(base_url=encrypted.url, verify=_authority(encrypted)) as browser:
        answer = browser.post("/api/v1/identity/sign-in", json=dict(first))
    assert "__Host-groundplan_refresh=" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_the_status_says_who_encrypts_for_the_cache(encrypted: Stack) -> None:
    """Where Redis was built without TLS its line and that of the nginx before it say so."""
    lines = {each["name"]: each["detail"] for each in encrypted.status()["components"]}
    if "cache.tls" not in lines:
        pytest.skip("only elsewhere: this machine's Redis speaks TLS itself")
    assert "has no TLS of its own" in lines["cache"]
    assert "speaks TLS for cache" in lines["cache.tls"]


def test_a_certificate_that_is_gone_is_made_with_a_restart(encrypted: Stack) -> None:
    """`./run restart` gives a component a new certificate, and callers go on."""
    shown = Path(encrypted.data, "certificates/authz/tls.crt")
    before = shown.read_text()
    shown.unlink()
    restarted = encrypted.run("restart", "authz")
    assert restarted.returncode == 0, restarted.stderr
    assert before != shown.read_text()
    first = encrypted.credentials()
    with httpx.Client(base_url=encrypted.url, verify=_authority(encrypted)) as browser:
        answer = browser.post("/api/v1/identity/sign-in", json=dict(first))
    assert answer.status_code == 200


def test_what_runs_without_is_not_changed_by_asking(
    request: pytest.FixtureRequest,
) -> None:
    """`up --tls` on a platform that runs without encryption says what is there and what to do."""
    if is_encrypted():
        pytest.skip("only elsewhere: here all of it runs with --tls")
    plain: Stack = request.getfixturevalue("ready")
    asked = plain.up("--tls")
    assert asked.returncode == 2
    assert "runs without encryption" in asked.stderr
    assert json.loads(plain.run("status", "--json").stdout)["url"].startswith("http://")
