"""Lines of every program become records, and none is lost because it is odd."""

import json

import pytest

from groundplan_telemetry import times
from groundplan_telemetry.records.line import CRITICAL, DEBUG, ERROR, INFO, WARNING
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.tail import formats

SOURCE = Source("backend", "backend-1")
NOW, THEN = 2_000_000_000_000_000, 1_700_000_000_000_000


def read(kind, text):
    raw = text if isinstance(text, bytes) else text.encode()
    return formats.FORMATS[kind](raw, SOURCE, NOW)


def test_an_event_in_json_is_read():
    """Time, level, message and identifiers have places of their own; the rest are attributes."""
    found = read("json", json.dumps({
        "time": "2026-01-31T09:00:00.5Z", "level": "warning", "message": "cache.down",
        "trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331",
        "component": "backend", "replica": "1", "pool": 5, "why": {"code": 7}, "empty": "",
    }))  # fmt: skip
    assert times.read("2026-01-31T09:00:00.5Z") == found.time
    assert (WARNING, "cache.down") == (found.level, found.message)
    assert "0af7651916cd43dd8448eb211c80319c" == found.trace.hex()
    assert {"pool": 5, "why": '{"code":7}'} == found.attributes


def test_fields_that_hold_secrets_are_not_kept():
    """By their names, however these are written; what only sounds like one stays."""
    told = {"message": "m", "password": "canary", "Authorization": "canary", "tokens": 3,
            "Set-Cookie": {"session": "canary"}}  # fmt: skip
    found = read("json", json.dumps(told))
    assert ("m", {"tokens": 3}) == (found.message, found.attributes)


def test_a_request_in_json_is_read():
    """A request's line says what was asked; its level is that of its status."""
    told = {"time": 1_700_000_000.25, "level": "info", "message": "access", "method": "GET",
            "path": "/a", "status": "503"}  # fmt: skip
    found = read("json", json.dumps(told))
    assert (THEN + 250_000, "GET /a 503", ERROR) == (found.time, found.message, found.level)
    assert WARNING == read("json", json.dumps({**told, "status": 404})).level
    assert INFO == read("json", json.dumps({**told, "status": 200})).level


def test_nginx_tells_the_time_to_the_millisecond_beside_that_to_the_second():
    """The exact one counts."""
    told = {"time": "2023-11-14T22:13:20+00:00", "end": "1700000000.250", "sampled": "0"}
    assert THEN + 250_000 == read("json", json.dumps(told)).time


def test_no_line_is_of_the_future():
    """A clock that is ahead would keep a segment for ever."""
    assert NOW == read("json", '{"time": "2100-01-01T00:00:00Z"}').time


def test_a_traceparent_is_as_good_as_identifiers():
    """Envoy writes the header as it came."""
    header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    found = read("json", json.dumps({"traceparent": header}))
    assert ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331") == (
        found.trace.hex(), found.span.hex()
    )  # fmt: skip
    assert {"trace_flags": "01"} == found.attributes


def test_postgresqls_lines_are_read():
    """Our prefix gives time, process, user and database."""
    text = "2026-01-31 09:00:00.123 UTC [77] backend@backend ERROR:  out of\n\tmemory"
    found = read("postgres", text)
    assert times.read("2026-01-31T09:00:00.123Z") == found.time
    assert (ERROR, "out of\n\tmemory") == (found.level, found.message)
    told = {"process.pid": 77, "db.user": "backend", "db.namespace": "backend"}
    assert told == found.attributes
    found = read("postgres", "2026-01-31 09:00:00.123 UTC [1] LOG:  ready")
    assert (INFO, {"process.pid": 1}) == (found.level, found.attributes)


@pytest.mark.parametrize(
    ("sign", "level"), [(".", DEBUG), ("-", DEBUG), ("*", INFO), ("#", WARNING)]
)
def test_redis_lines_are_read(sign, level):
    """A sign says how grave a line is."""
    found = read("redis", f"77:M 31 Jan 2026 09:00:00.123 {sign} Ready to accept connections")
    assert (NOW, level, "Ready to accept connections") == (found.time, found.level, found.message)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2026/01/31 09:00:00 [error] 7#7: connect() failed", ERROR),
        ("[2026-01-31][7][critical][main] assert", CRITICAL),
        ("FATAL: no room", CRITICAL),
        ("an error of no importance", INFO),
        ("Traceback (most recent call last):", INFO),
    ],
)
def test_the_level_of_a_text_stands_at_its_beginning(text, level):
    """Words in brackets or capitals tell; others may mean anything."""
    assert (level, text) == (read("text", text).level, read("text", text).message)


def test_a_failure_that_nginx_tells_of_does_not_name_its_caller():
    """It writes his address into the text; the number of the connection is enough."""
    text = "2026/01/31 09:00:00 [error] 7#7: *9 refused, client: 203.0.113.7, server: a"
    assert text.replace("203.0.113.7", "-") == read("json", text).message
    assert "client: -, server" in read("json", text.replace("203.0.113.7", "2001:db8::7")).message


@pytest.mark.parametrize("kind", sorted(formats.FORMATS))
@pytest.mark.parametrize(
    "raw", [b"{", b"[1]", b"\xff\xfe", b"7", b'{"time": [1], "level": {}, "trace_id": 7}']
)
def test_nothing_is_lost_because_it_is_odd(kind, raw):
    """Whatever cannot be read as it should is kept as text, at the time of now."""
    assert NOW == read(kind, raw).time


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "a", "sampled": "1", "end": "nan"}',
        '{"message": "a", "sampled": "1", "end": 1e999}',
        '{"message": "a", "status": "inf"}',
        '{"a":' * 5_000,
        '{"time": "0001-01-01T00:00:00+14:00"}',
    ],
)
def test_no_line_is_too_odd(text):
    """Every line becomes a record of our time, so that none costs those beside it."""
    found = formats.read(formats.of_json, text.encode(), SOURCE, NOW)
    assert (SOURCE, NOW) == (found.source, found.time)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("json", '{"time": "0001-01-01T00:00:00Z"}'),
        ("json", '{"ts": 1}'),
        ("postgres", "2100-01-01 09:00:00.123 UTC [7] LOG:  ready"),
        ("postgres", "0001-01-01 09:00:00.123 UTC [7] LOG:  ready"),
    ],
)
def test_a_time_that_is_none_is_now(kind, text):
    """The year 1 is how programs write that they know no time; nobody could go on from it."""
    assert NOW == read(kind, text).time
