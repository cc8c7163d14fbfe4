"""What may be asked of signals, and how names stand on the wire."""

import msgspec
import pytest

from groundplan_backend.telemetry.schemas import Attribute, Gap, Name, RangeQuery, Words


def test_ranges_are_asked_and_gaps_told_with_from_and_to() -> None:
    """Words that Python keeps for itself have other names inside."""
    query = msgspec.convert({"from": "2026-11-23T06:00:00Z"}, RangeQuery)
    assert "2026-11-23T06:00:00Z" == query.start
    fields = Gap.__struct_encode_fields__
    assert ("signal", "from", "to", "reason", "lost") == fields


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Name, 'x"} or up{'),
        (Name, "backend\n"),
        (Name, ""),
        (Attribute, "no colon"),
        (Attribute, "key:\x00"),
        (Words, "a\nb"),
        (Words, "x" * 201),
    ],
)
def test_words_that_are_none_are_refused(kind: object, text: str) -> None:
    """Nothing that could end a quotation or a line gets further than here."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, kind)  # type: ignore[call-overload]


@pytest.mark.parametrize("text", ["backend", "orders-2", "Shop.api_v1"])
def test_names_of_services_are_let_in(text: str) -> None:
    """As people call theirs."""
    assert text == msgspec.convert(text, Name)
