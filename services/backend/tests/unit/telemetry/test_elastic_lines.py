"""Documents made into lines."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from groundplan_backend.telemetry.elastic_lines import Hit, line

_FILE = Path(__file__).with_name("recorded") / "elasticsearch" / "search.json"


def _hits() -> list[Hit]:
    return msgspec.convert(json.loads(_FILE.read_bytes())["hits"]["hits"], list[Hit])


def test_nested_and_dotted_fields_are_the_same() -> None:
    """The source is kept as it was sent, in either form."""
    nested, dotted = (line(hit, "7") for hit in _hits())
    assert ("backend", "backend-5b6f", "warning") == (nested.service, nested.replica, nested.level)
    assert ("gateway", "gateway-1", "info") == (dotted.service, dotted.replica, dotted.level)
    assert datetime(2026, 11, 23, 6, 15, 20, 123456, UTC) == nested.time
    assert "" == dotted.trace_id


def test_what_is_left_are_attributes() -> None:
    """What has a place of its own, or is the pipeline's, does not stand there again."""
    nested = line(_hits()[0], "7")
    assert {
        "event.duration": 52310000,
        "service.environment": "prod",
        "http.request.id": "5f0c9f3c",
    } == nested.attributes


@pytest.mark.parametrize(
    "told", [{}, {"@timestamp": "soon"}, {"@timestamp": "0001-01-01T00:00:00+14:00"}]
)
def test_a_line_without_a_time_is_still_shown(told: dict[str, str]) -> None:
    """It stands at the beginning of time."""
    hit = Hit(source={"message": "x", **told})
    assert datetime(1970, 1, 1, tzinfo=UTC) == line(hit, "1").time
