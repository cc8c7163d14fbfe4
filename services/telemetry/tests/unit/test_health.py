"""The store tells how it is: to probes, to whoever collects metrics, and to people."""

import json

import pytest
from prometheus_client.parser import text_string_to_metric_families

from groundplan_telemetry import health, ledger
from groundplan_telemetry.http.routing import Router
from groundplan_telemetry.intake import room


@pytest.fixture
def ask(state, request_of):
    """Return what asks the store about itself."""
    router = Router(health.routes(state, [room.make(state)]))

    async def asked(path):
        return await router.find("GET", path).route.handler(request_of(path=path))

    return asked


async def test_probes_are_answered_without_a_look_at_anything(ask):
    """Alive is who answers; nothing outside is asked."""
    assert b'{"status":"live"}' == (await ask("/healthz/live")).body
    assert b'{"status":"ready"}' == (await ask("/healthz/ready")).body


async def test_metrics_tell_of_every_record(ask, state):
    """What came, was kept and was lost stands there by signal, and the room's own beside it."""
    state.ledger.received("traces", 5)
    state.ledger.dropped("traces", "queue_full", 2)
    answer = await ask("/metrics")
    families = text_string_to_metric_families(answer.body.decode())
    found = {(s.name, *s.labels.values()): s.value for each in families for s in each.samples}
    name = "groundplan_telemetry_dropped_records_total"
    assert 2 == found.get(
        (name, "queue_full", "traces"), found.get((name, "traces", "queue_full"))
    )
    assert 5 == found["groundplan_telemetry_received_records_total", "traces"]
    assert 0 == found["groundplan_telemetry_kept_records", "logs"]


async def test_people_see_limits_losses_and_gaps(ask, state, monkeypatch):
    """The state says honestly what is missing and since when."""
    monkeypatch.setattr(ledger, "_now", lambda: 1_000_000)
    state.ledger.dropped("logs", "disk_full", 3)
    said = json.loads((await ask("/state")).body)
    assert {"bytes": 1 << 30, "seconds": 259200.0} == said["limits"]
    assert [{"signal": "logs", "reason": "disk_full", "records": 3}] == said["drops"]
    at = "1970-01-01T00:00:01.000000Z"
    gap = {"signal": "logs", "reason": "disk_full", "from": at, "to": at, "records": 3}
    assert [gap] == said["gaps"]
    assert {"traces", "logs"} == set(said["signals"])
