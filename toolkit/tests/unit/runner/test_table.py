"""People see each replica's state, on a terminal and in plain lines."""

import io

from rich.console import Console

from groundplan.runner import table

READY = {
    "name": "backend",
    "replica": 1,
    "kind": "backend",
    "state": "ready",
    "pid": 7,
    "port": 8085,
    "restarts": 0,
    "started_at": None,
    "detail": "",
}


def _lines(*statuses: dict) -> list[str]:
    stream = io.StringIO()
    lines = table.Lines(stream=stream)
    for component in statuses:
        lines.show({"components": [component]})
    return stream.getvalue().splitlines()


def test_each_change_is_one_line():
    """The same state twice is said once."""
    starting = {**READY, "state": "starting"}
    printed = _lines(starting, starting, READY)
    assert ["starting", "ready"] == [line.split()[3] for line in printed]


def test_the_steps_of_one_work_are_one_line():
    """Progress of an installation does not fill the screen; the next piece of work is said."""
    pending = {**READY, "state": "pending"}
    printed = _lines(
        {**pending, "detail": "installing: collecting one"},
        {**pending, "detail": "installing: collecting two"},
        {**pending, "detail": "migrating the database"},
    )
    assert 2 == len(printed)


def test_what_is_known_is_not_said_again():
    """Who joins a run that is up hears of changes only."""
    stream = io.StringIO()
    table.Lines([READY], stream).show({"components": [READY]})
    assert "" == stream.getvalue()


def test_the_table_shows_memory_where_it_is_known():
    """Bytes are shown as megabytes in a column of their own."""
    console = Console(file=io.StringIO(), width=120)
    console.print(table.table({"components": [READY]}, {7: 50 << 20}))
    assert "50 MB" in console.file.getvalue()


def test_trouble_is_told_with_its_last_lines():
    """Only components in trouble are named, each with what it said last."""
    ill = {**READY, "state": "failed", "detail": "exited with code 1", "log": ["no such table"]}
    assert ["backend-1 failed: exited with code 1", "  | no such table"] == table.trouble(
        [READY, ill]
    )
