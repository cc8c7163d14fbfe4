"""Telemetry is read from the store, else from its files, and what is missing is said."""

import json
import sqlite3
from pathlib import Path

from groundplan.runner.export import signals
from groundplan.runner.export.signals import Signals


def read(run):
    """Return the files by name, and the notes."""
    reader = Signals(run, 3600, lambda _: None)
    return dict(reader.read()), reader.notes


def test_a_living_store_tells_everything(run, telemetry):
    """Traces with all their spans, lines of every page, metrics by job, and its state."""
    found, notes = read(run)
    assert [] == notes
    assert {f"telemetry/{name}" for name in signals.STATE} < found.keys()
    assert {"trace_id": "ab", "spans": []} == json.loads(found["telemetry/traces.jsonl"])
    assert 2 == found["telemetry/logs.jsonl"].count("\n")
    assert "backend" in found["telemetry/metrics/backend.jsonl"]
    asked = dict(telemetry.asked)["/api/v1/query_range"]
    assert (['{job="backend"}'], ["60"]) == (asked["query"], asked["step"])


def test_without_a_store_its_files_are_read(run):
    """Spans and lines come from them; that the rest is missing is said."""
    folder = Path(run.telemetry)
    folder.mkdir()
    (folder / "traces-1.db").write_text("no database at all" * 100)
    connection = sqlite3.connect(folder / "logs-1.db")
    connection.executescript(
        "CREATE TABLE sources (id, service, replica, resource);"
        "CREATE TABLE lines (id, time, source, level, message, trace, span, attributes);"
        "INSERT INTO sources VALUES (1, 'a', 'a-1', '{}');"
        "INSERT INTO lines VALUES (1, 9e18, 1, 2, 'hello', NULL, NULL, '{}');"
    )
    connection.close()
    found, (gone, damaged) = read(run)
    assert "hello" == json.loads(found["telemetry/logs.jsonl"])["message"]
    assert "metrics, alerts and rules are missing" in gone
    assert "files of traces cannot be read" in damaged


def test_a_store_that_stops_answering_is_noted(run, telemetry, monkeypatch):
    """What was read before stays, the rest is said to be missing."""
    monkeypatch.setitem(signals.STATE, "odd.json", "/odd")
    told = Signals(run, 3600, lambda _: None)
    for name, _ in told.read():
        if name == "telemetry/state.json":
            telemetry.answers = 500
    assert "not all of it could be read" in told.notes[0]
