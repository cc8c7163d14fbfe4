"""Which requests are kept, and what happens when too many are."""

import time

import pytest

from groundplan_contracts.tracing import recorder
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.settings import Tracing
from groundplan_contracts.tracing.span import Span

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED, UNSAMPLED = f"00-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-00"
NOWHERE = "http://127.0.0.1:1"


def _span() -> Span:
    return Span(trace_id=TRACE, span_id=SPAN, name="n", start=1, end=2)


@pytest.mark.parametrize("header", [SAMPLED, SAMPLED.encode()])
def test_what_is_sampled_is_begun(header: str | bytes) -> None:
    """The trace goes on, with the caller's span as parent."""
    trace = Recorder(Tracing(endpoint=NOWHERE)).begin(header)
    assert trace is not None
    assert (TRACE, SPAN) == (trace.trace_id, trace.parent_id)


@pytest.mark.parametrize("header", [None, b"", UNSAMPLED, UNSAMPLED.encode(), "nonsense-01"])
def test_nothing_else_is_begun(header: str | bytes | None) -> None:
    """Nobody but the edge decides that a request is sampled."""
    assert Recorder(Tracing(endpoint=NOWHERE)).begin(header) is None


def test_nothing_is_begun_where_spans_go_nowhere() -> None:
    """Without an endpoint a sampled request is as cheap as any other."""
    made = Recorder(Tracing())
    assert made.begin(SAMPLED) is None
    assert made.late(SAMPLED) is None


def test_what_ended_badly_is_begun_late() -> None:
    """It belongs to its trace where it has one, else to a new one."""
    made = Recorder(Tracing(endpoint=NOWHERE))
    known, unknown = made.late(UNSAMPLED), made.late(None)
    assert known is not None
    assert unknown is not None
    assert (TRACE, SPAN) == (known.trace_id, known.parent_id)
    assert (32, "") == (len(unknown.trace_id), unknown.parent_id)


def test_more_than_so_many_a_second_are_counted_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sampled and failed requests share the limit; the next second begins anew."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    made = Recorder(Tracing(endpoint=NOWHERE, per_second=2))
    assert [True, True, False] == [made.begin(SAMPLED) is not None for _ in range(3)]
    assert made.late(UNSAMPLED) is None
    now[0] += 1
    assert made.begin(SAMPLED) is not None
    assert 2 == made.outcomes[recorder.CAPPED]


def test_a_full_queue_drops_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nobody taking spans memory does not grow, and every loss is told."""
    monkeypatch.setattr(recorder, "QUEUE", 10)
    made = Recorder(Tracing(endpoint=NOWHERE))
    monkeypatch.setattr(made._sender, "wake", lambda: None)
    for _ in range(25):
        made.keep(_span())
    assert (10, 15) == (len(made._waiting), made.outcomes[recorder.FULL])
