"""What Envoy tells of its endpoints is understood."""

import asyncio
import json

from groundplan.runner import gateway_admin

CLUSTERS = {
    "cluster_statuses": [
        {
            "host_statuses": [
                {
                    "address": {"socket_address": {"address": "127.0.0.1", "port_value": 9001}},
                    "health_status": {"eds_health_status": "HEALTHY"},
                    "stats": [
                        {"name": "rq_active", "value": "3"},
                        {"name": "rq_success", "value": "40"},
                        {"name": "rq_error", "value": "2"},
                    ],
                },
                {
                    "address": {"socket_address": {"address": "127.0.0.1", "port_value": 9002}},
                    "health_status": {
                        "eds_health_status": "HEALTHY",
                        "failed_active_health_check": True,
                    },
                },
                {
                    "address": {"socket_address": {"address": "127.0.0.1", "port_value": 9003}},
                    "health_status": {"eds_health_status": "DRAINING"},
                },
            ]
        }
    ]
}


async def _upstream(tmp_path, address: str, *, chunked: bool = False):
    body = json.dumps(CLUSTERS).encode()
    head = b"HTTP/1.1 200 OK\r\n"
    if chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        head += b"transfer-encoding: chunked\r\n"

    async def handle(reader, writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head + b"\r\n" + body)
        writer.close()

    server = await asyncio.start_unix_server(handle, tmp_path / "admin")
    async with server:
        return await gateway_admin.upstream(str(tmp_path / "admin"), address)


async def test_an_endpoint_in_rotation_is_offered(tmp_path):
    """A healthy one gets requests; those under way, ended and failed are counted."""
    assert gateway_admin.Upstream(True, 3, 42, 2) == await _upstream(tmp_path, "127.0.0.1:9001")


async def test_one_that_fails_or_drains_is_not(tmp_path):
    """Neither a failed health check nor draining lets requests in."""
    for port in (9002, 9003):
        found = await _upstream(tmp_path, f"127.0.0.1:{port}", chunked=True)
        assert gateway_admin.Upstream(False, 0) == found


async def test_an_unknown_endpoint_is_none(tmp_path):
    """Envoy knows nothing of an endpoint that has left."""
    assert await _upstream(tmp_path, "127.0.0.1:9009") is None


async def test_a_silent_envoy_knows_nothing(tmp_path):
    """An administration socket that is gone is no error."""
    assert await gateway_admin.upstream(str(tmp_path / "nobody"), "127.0.0.1:9001") is None
