"""Reading forward."""

import pytest

from groundplan_backend.artifacts.inspection.source import Refused, Source


def _source(*pieces: bytes) -> Source:
    rest = iter(pieces)
    return Source(lambda: next(rest, b""))


def test_reads_and_looks_do_not_mind_where_pieces_end() -> None:
    """The same bytes, however they came."""
    source = _source(b"ab", b"c", b"defg")
    assert (b"abcd", b"abc", b"defg", b"") == (
        source.peek(4),
        source.read(3),
        source.read(100),
        source.read(1),
    )


def test_what_was_too_much_can_be_put_back() -> None:
    """It is read again before all else."""
    source = _source(b"abc")
    source.put_back(source.some())
    assert (3, b"abc") == (source.held, source.some())


def test_a_limited_pull_ends_where_it_must() -> None:
    """What follows stays; what is missing is said."""
    source = _source(b"abc", b"def")
    inner = Source(source.limited(4))
    assert (b"abcd", b"ef") == (inner.read(10), source.read(10))
    with pytest.raises(Refused, match="ends in the middle"):
        _source(b"ab").exactly(3)
