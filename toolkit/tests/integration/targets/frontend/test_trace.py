"""Where traces begin: what nginx makes of a `traceparent`, and what its log says of it."""

import json
import re

import pytest

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{SPAN}-01"


def told(site, **headers):
    """Return what the gateway was told about the trace of one request."""
    _, _, body = site.ask("/api/x", **headers)
    return json.loads(body)["headers"]


def split(header):
    """Return trace, span and flag of a `traceparent`."""
    found = re.fullmatch(r"00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])", header)
    assert found, header
    return found.groups()


def line(site, trace_id, seconds=5.0):
    """Return the line of the access log that belongs to a trace."""
    found = []

    def is_there():
        lines = (site.folder / "1.log").read_text().splitlines()
        found.extend(each for each in lines if each.startswith("{") and trace_id in each)
        return bool(found)

    site.until(is_there, seconds)
    return json.loads(found[0])


def test_a_request_without_a_trace_begins_one(site):
    """The gateway gets new ids, and they are others each time."""
    first, second = (split(told(site)["traceparent"]) for _ in range(2))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_the_trace_of_the_caller_goes_on(site):
    """Its id is kept and its span is the parent; what else it says goes no further."""
    headers = told(site, traceparent=GIVEN, tracestate="a=b", baggage="user=somebody")
    trace, span, _ = split(headers["traceparent"])
    assert trace == TRACE
    assert span != SPAN
    assert not {"tracestate", "baggage"} & headers.keys()


@pytest.mark.parametrize(
    "forged",
    [
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}",
        "x" * 55,
    ],
)
def test_what_is_no_trace_is_not_believed(site, forged):
    """A header that is not W3C's is as good as none."""
    assert split(told(site, traceparent=forged)["traceparent"])[0] != TRACE


def test_a_line_of_the_log_is_as_much_as_a_span(site):
    """It holds the ids, the parent, the decision, the end and how long it took."""
    trace, span, _ = split(told(site, traceparent=GIVEN)["traceparent"])
    found = line(site, trace)
    assert (span, SPAN, "1") == (found["span_id"], found["parent_id"], found["sampled"])
    assert "127.0.0.0" == found["address"]
    assert 0 <= float(found["seconds"]) < 5
    assert 1.7e9 < float(found["end"]) < 1e10


def test_all_or_a_share_or_nothing_is_kept(make_site):
    """The share of the file is the share of the requests that are marked to be kept."""
    none, some, each = (make_site(sampling=share) for share in (0.0, 0.25, 1.0))
    marks = {
        site.sampling: [split(told(site)["traceparent"])[2] for _ in range(200)]
        for site in (none, some, each)
    }
    assert {"0"} == set(marks[0.0])
    assert {"1"} == set(marks[1.0])
    assert 20 <= marks[0.25].count("1") <= 85


def test_one_trace_is_decided_alike_by_all(make_site):
    """Every replica keeps a trace, or none does."""
    site = make_site(sampling=0.5)
    for number in range(20):
        given = f"00-{number + 1:032x}-{SPAN}-00"
        marks = {split(told(site, traceparent=given)["traceparent"])[2] for _ in range(3)}
        assert 1 == len(marks)


def test_the_console_may_ask_to_be_kept_and_nobody_else(make_site):
    """Only a page of this very origin can say `same-origin`; its flag is heard."""
    site = make_site(sampling=0.0)
    asked = {
        (origin, given): split(
            told(site, traceparent=given, sec_fetch_site=origin)["traceparent"]
        )[2]
        for origin in ("same-origin", "cross-site")
        for given in (GIVEN, f"00-{TRACE}-{SPAN}-00")
    }
    assert [("same-origin", GIVEN)] == [key for key, mark in asked.items() if mark == "1"]


def test_a_file_that_was_served_leaves_no_span(site):
    """What nginx answers well by itself is a line alone; what it cannot answer is a span too."""
    traces = {path: f"{number + 1:032x}" for number, path in enumerate(("/", "/none.js"))}
    for path, trace in traces.items():
        site.ask(path, traceparent=f"00-{trace}-{SPAN}-01")
    assert ["0", "1"] == [line(site, trace)["sampled"] for trace in traces.values()]
