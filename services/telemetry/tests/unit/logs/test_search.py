"""Searches find lines by text, by what is known of them, and by what came since."""

from dataclasses import replace

import pytest

from groundplan_telemetry.disk import terms
from groundplan_telemetry.disk.question import LARGEST_ID, Window
from groundplan_telemetry.disk.reading import SlowError
from groundplan_telemetry.logs import search
from groundplan_telemetry.logs.search import Question
from groundplan_telemetry.records.line import ERROR, WARNING

ALL = Window(None, None, 100, LARGEST_ID)
TRACE = bytes(range(16))


@pytest.fixture
def find(lines):
    """Return what says which messages are found."""

    def found(**asked):
        page = search.search(lines, Question(**{"window": ALL, **asked}))
        return [each["message"] for each in page.lines]

    return found


@pytest.fixture
def some(lines, line, now):
    """Keep lines of several kinds."""
    lines.write(
        [
            line("Connection refused by database", level=ERROR, time=now - 4),
            line("GET /api/v1/me 200", trace=TRACE, time=now - 3, attributes={"status": 200}),
            line("slow", level=WARNING, service="authz", time=now - 2),
            line("Grüße", time=now - 1, attributes={"path": "/api/v1/mails", "user_id": "a_b"}),
        ]
    )


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, ["Grüße", "slow", "GET /api/v1/me 200", "Connection refused by database"]),
        ({"text": "refused CONNECTION"}, ["Connection refused by database"]),
        ({"text": '"connection refused"'}, ["Connection refused by database"]),
        ({"text": '"refused connection"'}, []),
        ({"text": "conn"}, ["Connection refused by database"]),
        ({"text": "efused"}, []),
        ({"text": "/api/v1"}, ["Grüße", "GET /api/v1/me 200"]),
        ({"text": "grüße"}, ["Grüße"]),
        ({"text": "a_b"}, ["Grüße"]),
        ({"text": "%"}, []),
        ({"levels": [ERROR, WARNING]}, ["slow", "Connection refused by database"]),
        ({"service": "authz"}, ["slow"]),
        ({"service": "authz", "text": "connection"}, []),
        ({"replica": "authz-1"}, ["slow"]),
        ({"trace": TRACE}, ["GET /api/v1/me 200"]),
        ({"trace": TRACE, "levels": [ERROR]}, []),
        ({"attributes": [("status", "200")]}, ["GET /api/v1/me 200"]),
        ({"attributes": [("status", "500")]}, []),
    ],
)
def test_lines_are_found_by_what_they_say_and_are(find, some, asked, wanted):
    """Every condition holds for a line that is shown; words are found by their beginnings."""
    assert wanted == find(**asked)


def test_times_bound_the_search(find, some, now):
    """Only what was written between two times is found."""
    assert ["slow", "GET /api/v1/me 200"] == find(window=replace(ALL, low=now - 3, high=now - 2))


def test_pages_list_every_line_once(lines, line):
    """Going on where a page ended misses none and repeats none."""
    lines.write([line(str(number)) for number in range(5)])
    seen, after = [], LARGEST_ID
    for _ in range(10):
        page = search.search(lines, Question(replace(ALL, limit=2, after=after)))
        seen += [each["message"] for each in page.lines]
        if page.next is None:
            break
        after = page.next
    assert ["4", "3", "2", "1", "0"] == seen


def test_who_follows_gets_what_came_since_the_oldest_first(lines, line):
    """A follower goes on at `next`, also when nothing came or nothing fitted."""
    lines.write([line("first")])
    page = search.search(lines, Question(ALL, since=0))
    assert ["first"] == [each["message"] for each in page.lines]
    lines.write([line("second"), line("third")])
    page = search.search(lines, Question(ALL, since=page.next))
    assert ["second", "third"] == [each["message"] for each in page.lines]
    assert page.next == search.search(lines, Question(ALL, since=page.next)).next


def test_who_follows_goes_on_in_the_next_segment(lines, line):
    """Segments that end before are not looked at, and the one that holds it is."""
    lines.write([line("first")])
    lines.close()
    lines.oldest_first()[0].made = 0
    lines.write([line("second")])
    page = search.search(lines, Question(ALL, since=0))
    assert ["first", "second"] == [each["message"] for each in page.lines]
    page = search.search(lines, Question(ALL, since=int(page.lines[0]["id"])))
    assert ["second"] == [each["message"] for each in page.lines]


def test_two_values_with_one_word_are_told_apart(find, lines, line, monkeypatch):
    """The index only proposes: whoever shares a word with the value is not shown."""
    monkeypatch.setattr(terms, "service", lambda _: "zqsame")
    lines.write([line()])
    assert [] == find(service="authz")
    assert ["hello"] == find(service="backend")


def test_a_line_is_shown_with_everything(lines, line, some):
    """Identifiers are written in hexadecimal, and are null where there are none."""
    page = search.search(lines, Question(ALL))
    shown = page.lines[2]
    assert (TRACE.hex(), None, {"status": 200}) == (
        shown["trace_id"], shown["span_id"], shown["attributes"]
    )  # fmt: skip
    assert ("backend", "backend-1", "info") == (shown["service"], shown["replica"], shown["level"])
    assert isinstance(shown["id"], str)


def test_what_was_found_when_time_was_up_is_a_page(lines, line, monkeypatch):
    """A search that takes too long shows what it has, and where to go on."""
    lines.write([line(str(number)) for number in range(7)])
    rows = search._candidates

    def slow(*given):
        yield next(rows(*given))
        raise SlowError

    monkeypatch.setattr(search, "_candidates", slow)
    page = search.search(lines, Question(ALL))
    assert (1, True) == (len(page.lines), page.next is not None)
