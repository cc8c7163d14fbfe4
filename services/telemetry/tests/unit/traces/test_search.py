"""Searches find what was asked for, once, newest first, and nothing else."""

from dataclasses import replace

import pytest

from groundplan_telemetry.disk import terms
from groundplan_telemetry.disk.question import LARGEST_ID, Window
from groundplan_telemetry.disk.reading import SlowError
from groundplan_telemetry.traces import search
from groundplan_telemetry.traces.search import Question

ALL = Window(None, None, 100, LARGEST_ID)


@pytest.fixture
def find(spans):
    """Return what says which traces are found, by number."""

    def found(**asked):
        page = search.search(spans, Question(**{"window": ALL, **asked}))
        return [int.from_bytes(trace.spans[0].trace, "big") for trace in page.traces]

    return found


@pytest.fixture
def three(spans, span, now):
    """Keep three traces: a fast one, a slow failed one, and one of another service."""
    spans.write(
        [
            span(1, trace=1, start=now - 3_000_000, attributes={"http.route": "/a"}),
            span(2, trace=2, start=now - 2_000_000, duration=800_000, failed=True),
            span(3, trace=2, parent=2, service="authz", name="check", duration=5_000),
            span(4, trace=3, start=now - 1_000_000, service="authz", name="check"),
        ]
    )


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, [3, 2, 1]),
        ({"service": "backend"}, [2, 1]),
        ({"service": "authz", "operation": "check"}, [3, 2]),
        ({"operation": "nothing"}, []),
        ({"failed": True}, [2]),
        ({"failed": False}, [3, 1]),
        ({"failed": True, "service": "authz"}, []),
        ({"least": 500_000.0}, [2]),
        ({"least": 500_000.0, "service": "authz"}, []),
        ({"service": "authz", "least": 2_000.0, "most": 6_000.0}, [2]),
        ({"most": 100_000.0}, [3, 1]),
        ({"attributes": [("http.route", "/a")]}, [1]),
        ({"attributes": [("http.route", "/b")]}, []),
        ({"attributes": [("http.route", "/a")], "failed": True}, []),
    ],
)
def test_traces_are_found_by_what_one_of_their_spans_is(find, three, asked, wanted):
    """All conditions hold for one span; without a service durations are the trace's."""
    assert wanted == find(**asked)


def test_times_bound_the_search(find, three, now):
    """Only what began between two times is found."""
    window = replace(ALL, low=now - 2_500_000, high=now - 1_500_000)
    assert [2] == find(window=window)


def test_pages_list_every_trace_once(spans, span, find):
    """Going on where a page ended misses none and repeats none, however spans are mixed."""
    numbers = range(1, 8)
    spans.write([span(number, trace=number) for number in numbers])
    spans.write([span(number + 100, trace=number, parent=number) for number in numbers])
    seen, after = [], LARGEST_ID
    for _ in range(10):
        page = search.search(spans, Question(replace(ALL, limit=2, after=after)))
        seen += [int.from_bytes(trace.spans[0].trace, "big") for trace in page.traces]
        if page.next is None:
            break
        after = page.next
    assert [7, 6, 5, 4, 3, 2, 1] == seen


def test_a_page_ends_after_many_candidates_and_says_where_to_go_on(spans, span, monkeypatch):
    """A search that finds little does not read everything for one page."""
    monkeypatch.setattr(search, "EXAMINED", 3)
    spans.write([span(number, trace=number) for number in range(1, 8)])
    page = search.search(spans, Question(ALL, most=10.0))
    assert ([], True) == (page.traces, page.next is not None)


def test_a_trace_may_stand_in_several_segments(spans, span):
    """Spans that came later, into another segment, belong to their trace."""
    spans.write([span(1)])
    spans.close()
    spans.oldest_first()[0].made = 0
    spans.write([span(2, parent=1), span(1)])
    assert 2 == len(spans.oldest_first())
    assert 2 == len(search.load(spans, (1).to_bytes(16, "big")).spans)


def test_two_values_with_one_word_are_told_apart(find, spans, span, monkeypatch):
    """The index only proposes: whoever shares a word with the value is not shown."""
    monkeypatch.setattr(terms, "attribute", lambda *_: "zqsame")
    spans.write([span(1, attributes={"a": "b"})])
    assert [] == find(attributes=[("a", "c")])
    assert [1] == find(attributes=[("a", "b")])


def test_what_was_found_when_time_was_up_is_a_page(spans, span, monkeypatch):
    """A search that takes too long shows what it has, and where to go on."""
    spans.write([span(number, trace=number) for number in range(1, 8)])
    rows = search._candidates

    def slow(*given):
        yield next(rows(*given))
        raise SlowError

    monkeypatch.setattr(search, "_candidates", slow)
    page = search.search(spans, Question(ALL))
    assert (1, True) == (len(page.traces), page.next is not None)


def test_a_trace_of_many_spans_is_one_candidate(spans, span, monkeypatch):
    """Who sends one trace without end does not push the others off the list."""
    monkeypatch.setattr(search, "EXAMINED", 3)
    spans.write([span(1, trace=1)])
    spans.write([span(number, trace=2) for number in range(2, 100)])
    page = search.search(spans, Question(ALL))
    assert [2, 1] == [int.from_bytes(trace.spans[0].trace, "big") for trace in page.traces]


def test_a_search_over_many_segments_has_one_patience(spans, span, monkeypatch):
    """Each further segment does not begin the time anew."""
    given = []
    monkeypatch.setattr(search, "deadline", lambda: given.append(7.0) or 1e12)
    for number in (1, 2, 3):
        spans.write([span(number, trace=number)])
        spans.close()
        spans.oldest_first()[-1].made = 0
    page = search.search(spans, Question(ALL))
    assert (3, [7.0]) == (len(page.traces), given)
