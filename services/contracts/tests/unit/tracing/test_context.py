import pytest

from groundplan_contracts.tracing import context
from groundplan_contracts.tracing.context import Context

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.mark.parametrize("sampled", [True, False])
def test_a_header_is_read_and_written_alike(sampled: bool) -> None:
    """What is read from a `traceparent` writes the same one."""
    header = f"00-{TRACE}-{SPAN}-0{int(sampled)}"
    found = context.read(header)
    assert Context(TRACE, SPAN, sampled) == found == context.read(header.encode())
    assert found is not None
    assert header == found.header()


def test_flags_of_tomorrow_are_borne() -> None:
    """Other bits and later versions say nothing about sampling."""
    found = context.read(f"cc-{TRACE}-{SPAN}-fd")
    assert Context(TRACE, SPAN, True) == found


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-01\n",
        b"\xff" * 55,
    ],
)
def test_what_is_no_context_is_none(header: str | bytes | None) -> None:
    """A header that is not W3C's is as good as none."""
    assert context.read(header) is None


def test_new_ids_have_their_form_and_differ() -> None:
    """Ids are valid in a header, and none comes twice."""
    traces = {context.new_trace_id() for _ in range(100)}
    spans = {context.new_span_id() for _ in range(100)}
    assert (100, 100) == (len(traces), len(spans))
    assert context.read(f"00-{traces.pop()}-{spans.pop()}-00") is not None
