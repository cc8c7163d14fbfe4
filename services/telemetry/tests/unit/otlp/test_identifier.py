"""Identifiers have a length and are not all zero."""

import pytest

from groundplan_telemetry.otlp import identifier


def test_whole_ones_are_taken():
    """What is as long as it must be is an identifier."""
    assert bytes(range(16)) == identifier.trace(bytes(range(16)))
    assert bytes(range(8)) == identifier.span(bytes(range(8)))


@pytest.mark.parametrize("wrong", [b"", bytes(16), bytes(range(15)), bytes(range(17))])
def test_others_are_refused(wrong):
    """Too short, too long, or all zero is none."""
    with pytest.raises(ValueError, match="16 bytes"):
        identifier.trace(wrong)


def test_one_that_may_be_missing_is_empty():
    """A span without a parent has zeros, or nothing."""
    assert b"" == identifier.optional(bytes(8), identifier.SPAN)
    assert b"" == identifier.optional(b"", identifier.SPAN)
    assert bytes(range(8)) == identifier.optional(bytes(range(8)), identifier.SPAN)
