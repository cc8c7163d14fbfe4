"""A stand-in takes spans and answers the backend's questions with nothing found."""

from collections.abc import Iterator

import httpx
import pytest

from bench.outage.part import Standin


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A stand-in, until the tests have ended."""
    made = Standin(tmp_path_factory.mktemp("standin") / "log")
    yield f"http://127.0.0.1:{made.port}"
    made.kill()


def test_spans_are_taken(url: str) -> None:
    """As a collector does, one request after the other on one connection."""
    with httpx.Client(base_url=url) as client:
        taken = [client.post("/v1/traces", content=b"spans" * 1000) for _ in range(3)]
    assert [(200, {})] * 3 == [(each.status_code, each.json()) for each in taken]


async def test_the_backends_own_questions_are_understood(url: str) -> None:
    """The adapters for Jaeger and Elasticsearch find nothing, which is no failure."""
    from groundplan_backend.telemetry import window
    from groundplan_backend.telemetry.ask import Place
    from groundplan_backend.telemetry.elasticsearch import Elasticsearch
    from groundplan_backend.telemetry.jaeger import Jaeger
    from groundplan_backend.telemetry.log_schemas import LogQuery
    from groundplan_backend.telemetry.trace_schemas import TraceQuery

    place = Place(url)
    traces, logs = TraceQuery(), LogQuery()
    found = (
        (await Jaeger(place).search(traces, window.of(traces))).items,
        (await Elasticsearch(place, "logs-*").search(logs, window.of(logs))).items,
    )
    await place.close()
    assert ([], []) == found
