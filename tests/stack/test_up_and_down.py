"""What a newcomer sees: everything ready, small, and gone without a trace."""

import json
import stat
from pathlib import Path
from typing import Any

import httpx
import psutil
from stack import People, Stack, sign_in, stranger

MEBI = 1 << 20
OURS = {
    "frontend": 2,
    "gateway": 2,
    "authz": 2,
    "backend": 2,
    "database": 1,
    "cache": 1,
    "telemetry": 1,
}


def test_everything_is_ready(ready: Stack) -> None:
    """All tiers run, two replicas of each, and `status` says so."""
    counts: dict[str, int] = {}
    for component in ready.status()["components"]:
        assert component["state"] == "ready", component
        if component["name"] != "cache.tls":  # there only where all is encrypted
            counts[component["name"]] = counts.get(component["name"], 0) + 1
    assert {**OURS, "orders": 2, "greeter": 2, "plain": 1, "emitter": 1} == counts


def test_status_has_the_promised_shape(ready: Stack) -> None:
    """`status --json` has the members that others rely on."""
    seen = ready.status()
    assert {
        "platform",
        "environment",
        "state",
        "url",
        "gateway_url",
        "data",
        "credentials_file",
        "components",
    } == set(seen)
    members = {
        "name",
        "replica",
        "kind",
        "state",
        "pid",
        "port",
        "restarts",
        "started_at",
        "detail",
    }
    assert all(members == set(component) for component in seen["components"])


def test_the_whole_platform_is_small(ready: Stack) -> None:
    """The reference's components stay under 900 MB together, shared pages counted once."""
    total = sum(ready.read(lambda process: process.memory_full_info().pss, *OURS))
    assert total < 900 * MEBI


def test_the_first_administrator_can_sign_in(ready: Stack) -> None:
    """The credentials file is for the owner only and holds a working sign-in."""
    path = Path(ready.status()["credentials_file"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text())) == {"email", "password"}
    first = ready.credentials()
    assert sign_in(ready.url, first["email"], first["password"])


def test_everything_listens_on_loopback_only(ready: Stack) -> None:
    """No process of the platform can be reached from another machine."""
    listening = {
        (process.pid, connection.laddr.ip)
        for process, connections in ready.read(_connections)
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening
    assert set() == {each for each in listening if each[1] not in ("127.0.0.1", "::1")}


def _connections(process: psutil.Process) -> tuple[psutil.Process, list[Any]]:
    return process, process.net_connections(kind="inet")


def test_security_headers_are_on_every_answer(ready: Stack, signed_in: People) -> None:
    """Pages, assets, API answers and errors carry the security headers and no version."""
    for path in ("/", "/nowhere.js", "/api/v1/identity/me", "/api/nowhere", "/status.json"):
        headers = httpx.get(f"{ready.url}{path}").headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "referrer-policy" in headers, path
        assert not any(sign.isdigit() for sign in headers.get("server", "")), path


def test_the_catalog_is_the_file(ready: Stack, signed_in: People) -> None:
    """The catalog lists the services and stores of the platform file, with their arrows."""
    answer = httpx.get(
        f"{ready.url}/api/v1/catalog/services", headers=signed_in.headers("viewer")
    ).json()
    calls = {item["name"]: set(item["calls"]) for item in answer["items"]}
    assert calls["frontend"] == {"gateway"}
    assert {"authz", "backend"} <= calls["gateway"]
    assert calls["backend"] == {"database", "cache", "storage"}


def test_limits_are_counted_over_all_gateways(ready: Stack) -> None:
    """Of 90 quick calls to a service with 60 a minute, spread over both gateways, 60 get in.

    While Redis stalls each gateway counts for itself: one of three callers is counted right.
    """
    for _ in range(3):
        refused = _refused(ready, stranger(ready, "administrator"))
        if 29 <= len(refused) <= 31:
            break
    assert 29 <= len(refused) <= 31
    assert int(refused[-1].headers["retry-after"]) >= 1
    assert refused[-1].headers["content-type"].startswith("application/problem+json")


def _refused(stack: Stack, token: str) -> list[httpx.Response]:
    """Call 90 times in turn at both gateways; return the answers that say it is too often."""
    gateways = [stack.origin(found["port"]) for found in stack.components("gateway")]
    headers = {"authorization": f"Bearer {token}"}
    urls = [f"{gateways[number % 2]}/api/plain/" for number in range(90)]
    answers = [httpx.get(url, headers=headers, timeout=15) for url in urls]
    return [answer for answer in answers if answer.status_code == 429]
