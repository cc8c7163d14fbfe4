import asyncio
import json

import pytest

from groundplan_gateway import app, policy
from groundplan_gateway.settings import Secret, Settings

KEY = "the-gateways-key"


@pytest.fixture
def settings(tmp_path, policy_text):
    """Settings with a policy file, and nobody where Redis should be."""
    file = tmp_path / "policy.json"
    file.write_bytes(policy_text())
    url = Secret("redis://127.0.0.1:1")
    return Settings(file, url, Secret(KEY), "127.0.0.1", 0, 0.05, "info")


@pytest.fixture
async def ask(settings, scope, response, monkeypatch):
    """Return what asks a running application."""
    monkeypatch.setattr(app, "POLL_EVERY", 0.02)
    application = app.Application(settings)
    await application.start()

    async def asked(path, **headers):
        known = {name.replace("_", "-"): value for name, value in headers.items()}
        await application.__rsgi__(scope("GET", path, known), response)
        return response

    yield asked
    await application.close()


async def test_health_does_not_hang_on_redis(ask):
    """Alive and ready is who can answer; what is missing is told."""
    assert (200, b'{"status":"live"}') == (
        (await ask("/healthz/live")).status,
        (await ask("/healthz/live")).body,
    )
    answer = await ask("/healthz/ready")
    assert 200 == answer.status
    assert {"status": "ready", "dependencies": {"cache": "down"}} == json.loads(answer.body)


async def test_metrics_are_shown(ask):
    """Prometheus finds the numbers."""
    assert b"groundplan_authz_circuit_open 1.0" in (await ask("/metrics")).body


async def test_nothing_else_is_served(ask):
    """Other paths lead nowhere."""
    assert 404 == (await ask("/")).status
    assert 404 == (await ask("/checks")).status


def docs(ask):
    path = "/api/docs"
    return ask("/check" + path, x_groundplan_gateway=KEY, x_groundplan_path=path)


async def test_a_changed_policy_is_taken_over(ask, settings, policy_text):
    """A policy that changes on the disk holds within a moment; a bad one does not."""
    assert 200 == (await docs(ask)).status
    settings.policy_file.write_bytes(b"{")
    await asyncio.sleep(0.1)
    assert 200 == (await docs(ask)).status
    settings.policy_file.write_bytes(policy_text(rules=[]))
    async with asyncio.timeout(3):
        while (await docs(ask)).status != 404:
            await asyncio.sleep(0.01)


async def test_a_missing_policy_is_kept(ask, settings):
    """When the file goes, the policy stays."""
    settings.policy_file.unlink()
    await asyncio.sleep(0.1)
    assert 200 == (await docs(ask)).status


async def test_there_is_no_start_without_a_policy(settings):
    """A service that does not know its rules does not start."""
    settings.policy_file.write_bytes(b"{")
    with pytest.raises(policy.PolicyError):
        app.Application(settings)
