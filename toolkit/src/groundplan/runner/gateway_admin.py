"""Talks to running Envoys over their administration sockets: who is in rotation, and draining."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from typing import Any

PATIENCE = 1.0
POLL = 0.05
FAILED = ("failed_active_health_check", "failed_outlier_check", "pending_active_hc")


@dataclass(frozen=True, slots=True)
class Upstream:
    """What an Envoy knows of one endpoint."""

    is_offered: bool
    """Whether it may get new requests."""
    active: int
    """Requests under way to it."""
    ended: int = 0
    """Requests that it has answered, or that were lost, since it is known."""
    errors: int = 0
    """Those of them that ended in a status of 500 or more, or in none."""


async def upstream(admin: str, address: str) -> Upstream | None:
    """Return what an Envoy knows of an endpoint (`host:port`); None where it knows none."""
    found = [_read(host) for host in await _hosts(admin) if _address(host) == address]
    if not found:
        return None
    return Upstream(
        all(each.is_offered for each in found),
        sum(each.active for each in found),
        sum(each.ended for each in found),
        sum(each.errors for each in found),
    )


async def drain(admin: str, grace: float) -> None:
    """Have an Envoy turn its callers away gently, and wait until none is left."""
    await _request(admin, "POST", "/healthcheck/fail")
    await _request(admin, "POST", "/drain_listeners?graceful")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(grace):
            while await _open_requests(admin):  # noqa: ASYNC110 - Envoy tells only who asks
                await asyncio.sleep(POLL)


async def _open_requests(admin: str) -> int:
    path = "/stats?format=json&filter=downstream_(rq|cx)_active"
    answer = await _request(admin, "GET", path)
    if not answer:
        return 0
    return sum(
        int(stat.get("value", 0))
        for stat in json.loads(answer)["stats"]
        if stat.get("name", "").startswith("http.") and ".admin." not in stat["name"]
    )


async def _hosts(admin: str) -> list[dict[str, Any]]:
    answer = await _request(admin, "GET", "/clusters?format=json")
    clusters = json.loads(answer).get("cluster_statuses", []) if answer else []
    return [host for cluster in clusters for host in cluster.get("host_statuses", [])]


def _address(host: dict[str, Any]) -> str:
    found = host.get("address", {}).get("socket_address", {})
    return f"{found.get('address')}:{found.get('port_value')}"


def _read(host: dict[str, Any]) -> Upstream:
    health = host.get("health_status", {})
    offered = health.get("eds_health_status") in ("HEALTHY", "UNKNOWN", None)
    offered = offered and not any(health.get(flag) for flag in FAILED)
    stats = {stat.get("name"): int(stat.get("value", 0)) for stat in host.get("stats", [])}
    errors = stats.get("rq_error", 0)
    ended = stats.get("rq_success", 0) + errors
    return Upstream(offered, stats.get("rq_active", 0), ended, errors)


async def _request(admin: str, method: str, path: str) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_unix_connection(admin)
            try:
                head = f"{method} {path} HTTP/1.1\r\nHost: admin\r\nConnection: close\r\n"
                writer.write(f"{head}Content-Length: 0\r\n\r\n".encode())
                return _body(await reader.read())
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return b""


def _body(answer: bytes) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" not in head.lower():
        return body
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        whole, body = whole + body[:length], body[length + 2 :]
        if not length:
            break
    return whole
