"""Versions in headers."""

import pytest

from groundplan_backend.errors import PreconditionFailed
from groundplan_backend.http import precondition


@pytest.mark.parametrize("value", [None, b"*", b'"3"', b'"1", "3"', b' "3" '])
def test_the_version_that_is_there_is_fine(value: bytes | None) -> None:
    """As is any, and none at all."""
    precondition.check({} if value is None else {b"if-match": value}, 3)


@pytest.mark.parametrize("value", [b"", b"3", b'"2"', b'"33"', b'W/"3"', b'"1", "2"'])
def test_another_version_is_refused(value: bytes) -> None:
    """Weak ones never match (RFC 9110)."""
    with pytest.raises(PreconditionFailed):
        precondition.check({b"if-match": value}, 3)


def test_the_tag_is_the_version() -> None:
    """In quotes, as the header wants it."""
    assert (b"etag", b'"7"') == precondition.etag(7)


def test_what_has_no_number_is_told_by_what_is_answered() -> None:
    """The same bytes are the same version, others another."""
    assert precondition.of(b"a") == precondition.of(b"a") != precondition.of(b"b")
    precondition.check(
        {b"if-match": precondition.etag(precondition.of(b"a"))[1]}, precondition.of(b"a")
    )
