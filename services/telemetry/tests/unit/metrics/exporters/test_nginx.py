import pytest

from groundplan_telemetry.metrics.collect.target import CollectionError
from groundplan_telemetry.metrics.exporters import nginx


async def test_who_answers_is_up_and_has_counted() -> None:
    """What was counted of its lines stands below the word that it lives."""

    async def well() -> str:
        return '{"status":"live"}'

    ask = nginx.exporter(well, lambda: "nginx_http_requests_total 3.0\n")
    assert ["nginx_up 1.0", "nginx_http_requests_total 3.0"] == (await ask()).splitlines()


async def test_who_does_not_answer_is_not_up() -> None:
    """A replica that is gone is a target that fails, whatever its log said last."""

    async def gone() -> str:
        raise CollectionError("nobody answers")

    with pytest.raises(CollectionError):
        await nginx.exporter(gone, lambda: "")()
