"""Events on the wire."""

from datetime import UTC, datetime

import msgspec
import pytest

from groundplan_backend.delivery.event_schemas import DeliveryEvent, StreamQuery
from groundplan_backend.errors import InvalidRequest
from groundplan_backend.http import decode


def test_what_does_not_belong_is_left_out() -> None:
    """An event has its own fields and no nulls for others."""
    event = DeliveryEvent(
        id=1, at=datetime(2026, 1, 2, tzinfo=UTC), type="release.created", by="a", services=["b"]
    )
    expected = {
        "id": 1,
        "at": "2026-01-02T00:00:00Z",
        "type": "release.created",
        "by": "a",
        "services": ["b"],
    }
    assert expected == msgspec.json.decode(msgspec.json.encode(event))


@pytest.mark.parametrize("text", [b"after=-1", b"after=x", b"limit=5", b"environment=A"])
def test_a_query_is_checked(text: bytes) -> None:
    """Numbers are not negative, names are names, other words are unknown."""
    with pytest.raises(InvalidRequest):
        decode.query(StreamQuery, text)


def test_a_query_may_be_empty() -> None:
    """Then everything that happens next is asked for."""
    assert msgspec.UNSET is decode.query(StreamQuery, b"").after
