"""Who is asked for which signal, by the settings; and nothing to connect to."""

from typing import Any

import pytest

from groundplan_backend.redis.client import Redis
from groundplan_backend.settings import Secret, Settings
from groundplan_backend.telemetry import room

KEY, URL = Secret("b2" * 32), Secret("redis://127.0.0.1:1")


def _made(**told: Any) -> room.Telemetry:
    settings = Settings(
        database_url=URL, redis_url=URL, gateway_key=KEY, key_encryption_key=KEY, **told
    )
    return room.Telemetry(Redis(URL), settings)


def test_what_is_published_is_what_is_made() -> None:
    """Every controller of the document answers, in its order."""
    assert list(room.PUBLISHED) == [type(one) for one in _made().controllers()]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({}, ["none", "none", "none"]),
        (
            {"metrics_url": "http://a", "traces_url": "http://a", "logs_url": "http://a"},
            ["prometheus", "store", "store"],
        ),
        (
            {
                "metrics_url": "https://a",
                "traces_url": "http://b",
                "traces_kind": "jaeger",
                "logs_url": "https://c",
                "logs_kind": "elasticsearch",
                "logs_user": "reader",
                "logs_password": Secret("canary"),
                "telemetry_key": KEY,
            },
            ["prometheus", "jaeger", "elasticsearch"],
        ),
    ],
)
async def test_settings_choose_who_is_asked(
    told: dict[str, Any], kinds: list[str], keeper: Any
) -> None:
    """The store of one machine, what a cluster has, or nobody."""
    here = {name: keeper.url if name.endswith("_url") else value for name, value in told.items()}
    telemetry = _made(**here)
    condition = telemetry.controllers()[-1]._condition
    state = await condition.state()
    assert kinds == [one.kind for one in state.signals]
    shown = {one.path: one.headers.get("authorization", "") for one in keeper.asked}
    if told.get("logs_user"):
        assert shown["/logs-*/_search"] == "Basic cmVhZGVyOmNhbmFyeQ=="
        assert shown["/api/services"] == f"Bearer {KEY.reveal()}"
    await telemetry.close()
    telemetry.leave()
