"""What every search asks is read and checked once."""

import pytest

from groundplan_telemetry.disk import question
from groundplan_telemetry.http.reply import Refused


def test_a_window_is_read(request_of):
    """Times, a limit and a place to go on are read; without them all is wanted."""
    asked = request_of(query="from=1970-01-01T00:00:01Z&limit=5&after=77")
    assert question.Window(1_000_000, None, 5, 77) == question.window(asked, 20, 100)
    assert question.Window(None, None, 20, question.LARGEST_ID) == question.window(
        request_of(), 20, 100
    )


def test_attributes_are_pairs(request_of):
    """A value may hold colons; what is no pair is refused with an example."""
    asked = request_of(query="attribute=url.full:http://a:1&attribute=empty:")
    assert [("url.full", "http://a:1"), ("empty", "")] == question.attributes(asked)
    for wrong in ("attribute=route", "attribute=:x", "&".join(["attribute=a:b"] * 17)):
        with pytest.raises(Refused, match="`attribute`"):
            question.attributes(request_of(query=wrong))
