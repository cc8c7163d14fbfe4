"""Incidents on the wire."""

from datetime import UTC, datetime

import msgspec
import pytest

from groundplan_backend.incidents.schemas import IncidentQuery, Moment, NewNote


def test_a_moment_goes_from_and_to() -> None:
    """As ranges of signals do."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert {"from", "to"} == set(
        msgspec.json.decode(msgspec.json.encode(Moment(start=at, end=at)))
    )


@pytest.mark.parametrize("text", ["", "x" * 4001, "a\0b"])
def test_a_note_has_words(text: str) -> None:
    """Not none, not a book, and no zero byte."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"text": text}, NewNote)


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"severity": "warn"}, {"service": "a b"}])
def test_a_filter_is_of_words_that_are_known(wrong: dict[str, str]) -> None:
    """What is none finds nothing by being refused."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, IncidentQuery, strict=False)
    query = msgspec.convert({"state": "unresolved"}, IncidentQuery, strict=False)
    assert ("unresolved", 50) == (query.state, query.limit)
