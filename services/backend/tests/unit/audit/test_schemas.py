import msgspec
import pytest

from groundplan_backend.audit import schemas
from groundplan_backend.errors import InvalidRequest
from groundplan_backend.http import decode


def test_times_are_asked_for_by_the_words_of_the_api() -> None:
    """`from` and `to`, with a time zone."""
    raw = b"from=2026-11-23T02:00:00Z&to=2026-11-23T03:00:00%2B00:00&limit=7"
    query = decode.query(schemas.EventQuery, raw)
    assert isinstance(query, schemas.EventQuery)
    expected = ("2026-11-23T02:00:00Z", "2026-11-23T03:00:00+00:00", 7)
    assert expected == (query.begin, query.end, query.limit)


@pytest.mark.parametrize(
    "raw",
    [
        b"from=0.5",
        b"begin=2026-11-23T02:00:00Z",
        b"from=2026-11-23T02:00:00",
        b"text=%00",
        b"format=xml",
    ],
)
def test_what_is_not_described_is_refused(raw: bytes) -> None:
    """Times without a zone mean different moments to different people."""
    with pytest.raises(InvalidRequest):
        decode.query(schemas.ExportQuery, raw)


def test_an_event_has_no_field_that_is_not_described() -> None:
    """Answers are as strict as questions."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "edited", "more": 1}, schemas.Fault)
