"""Lines on the wire."""

import msgspec
import pytest

from groundplan_backend.telemetry.log_schemas import FollowQuery, LogQuery


@pytest.mark.parametrize("kind", [LogQuery, FollowQuery])
def test_searching_and_following_take_the_same_filters(kind: type[msgspec.Struct]) -> None:
    """Whoever follows sees what he has searched for."""
    asked = {"text": "a b", "service": "x", "level": "error", "trace_id": "a" * 32}
    query = msgspec.convert(asked, kind, strict=False)
    assert ("a b", "error") == (query.text, query.level)  # type: ignore[attr-defined]
    filters = {"text", "service", "replica", "level", "trace_id", "attribute", "after"}
    assert filters <= set(kind.__struct_fields__)


@pytest.mark.parametrize(
    "wrong", [{"level": "loud"}, {"trace_id": "A" * 32}, {"limit": "501"}, {"text": "\x00"}]
)
def test_what_is_no_filter_is_refused(wrong: dict[str, str]) -> None:
    """Before anything is asked of anybody."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, LogQuery, strict=False)
