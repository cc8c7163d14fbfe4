"""The store of samples: on disk, within bounds, whole after a crash."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Labels, Matcher
from groundplan_telemetry.metrics.promql import rises, table
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import Row, is_stale
from groundplan_telemetry.metrics.storage import block, store
from groundplan_telemetry.metrics.storage.block import Block
from groundplan_telemetry.metrics.storage.store import Store

NOW = block.LENGTH * 200_000
UP = labels.of({"__name__": "up", "job": "a"})
ALL = [Matcher("__name__", "!=", "")]
Make = Callable[..., Store]


@pytest.fixture
def make(tmp_path: Path, books: Ledger) -> Iterator[Make]:
    """Return what opens the store of one folder."""
    made: list[Store] = []

    def opened(size: float = 1 << 30, keep: float = 1e9, most_series: int = 100) -> Store:
        made.append(Store(tmp_path / "metrics", size, keep, books, most_series))
        return made[-1]

    yield opened
    for each in made:
        each.close()


def _values(found: Store, start: int = 0, end: int = 2 * NOW, name: str = "up") -> list[float]:
    series = found.select([Matcher("__name__", "=", name)], start, end)
    return [value for each in series for value in each.values]


def _fill(found: Store, count: int, step: int, series: Labels = UP) -> None:
    for at in range(count):
        found.record(series, NOW + at * step, float(at))


def test_samples_are_found_wherever_they_lie(make: Make) -> None:
    """In memory, in blocks and in both, a time has its samples once and in their order."""
    one = make()
    _fill(one, 3, 1000)
    assert [0.0, 1.0, 2.0] == _values(one)
    one.cut(NOW)
    assert [0.0, 1.0, 2.0] == _values(one)
    one.record(UP, NOW + 3000, 3.0)
    assert [0.0, 1.0, 2.0, 3.0] == _values(one)
    assert [1.0, 2.0] == _values(one, NOW + 1000, NOW + 2999)
    assert [3.0] == _values(one, NOW + 2001)


def test_tables_say_what_series_say(make: Make) -> None:
    """Rates over blocks and memory are those of one long series; counters begin anew."""
    chance, one, step = random.Random(5), make(), 5000
    names = [labels.of({"__name__": "hits", "n": str(number)}) for number in range(9)]
    totals = [0.0] * len(names)
    for at in range(400):
        for number, series in enumerate(names):
            totals[number] = 0.0 if chance.random() < 0.01 else totals[number] + chance.random()
            if number or at not in range(100, 180):
                one.record(series, NOW + at * step, totals[number])
        if at % 70 == 60:
            one.cut(NOW)
    matchers = [Matcher("__name__", "=", "hits")]
    whole = table.of(one.select(matchers, NOW, NOW + 400 * step))
    parts = one.tables(matchers, NOW, NOW + 400 * step)
    moments = [NOW + at * 7000 for at in range(290)]

    def rates(tables: list[Table]) -> list[Row]:
        found = (rises.over("rate", each, moments, 60_000, lambda: None) for each in tables)
        return sorted((row for rows in found for row in rows), key=lambda row: row.labels)

    assert [row.labels for row in rates(whole)] == [row.labels for row in rates(parts)]
    for expected, found in zip(rates(whole), rates(parts), strict=True):
        assert pytest.approx(expected.values) == found.values


def test_a_restart_keeps_everything_that_was_flushed(make: Make) -> None:
    """What was cut and what was only journalled are there after a restart."""
    one = make()
    _fill(one, 2, 1000)
    one.cut(NOW)
    one.record(UP, NOW + 2000, 2.0)
    one.flush()
    assert [0.0, 1.0, 2.0] == _values(make())


def test_a_crash_between_block_and_journal_repeats_nothing(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Samples that stand in a block and still in the journal count once."""
    one = make()
    _fill(one, 3, 1000)
    monkeypatch.setattr(one._journal, "forget", lambda *_: None)
    one.cut(NOW)
    two = make()
    assert [0.0, 1.0, 2.0] == _values(two)
    two.record(UP, NOW + 3000, 3.0)
    two.cut(NOW)
    assert [0.0, 1.0, 2.0, 3.0] == _values(two)


def test_a_time_of_absence_is_a_gap(make: Make) -> None:
    """After an absence series are known to have ended; what alerts wait from goes on."""
    one = make()
    alert = labels.of({"__name__": "ALERTS_FOR_STATE", "alertname": "Down"})
    for series, at in ((UP, NOW), (alert, NOW), (labels.of({"__name__": "new"}), NOW + 60_000)):
        one.record(series, at, 1.0)
    one.flush()
    two = make()
    two.end_absent(NOW + 30_000)
    ended = {
        labels.value(each.labels, "__name__"): is_stale(each.values[-1])
        for each in two.select(ALL, 0, 2 * NOW)
    }
    assert {"up": True, "ALERTS_FOR_STATE": False, "new": False} == ended


def test_what_comes_out_of_order_is_dropped_and_counted(make: Make, books: Ledger) -> None:
    """A sample that is not newer than its series' last is lost, and the books say so."""
    one = make()
    for at in (1000, 1000, 500, 2000):
        one.record(UP, NOW + at, float(at))
    assert [1000.0, 2000.0] == _values(one)
    assert [("metrics", "out_of_order", 2)] == books.drops()


def test_series_are_limited(make: Make, books: Ledger) -> None:
    """Of more series than are allowed the newest are dropped and counted."""
    one = make(most_series=2)
    for number in range(4):
        one.record(labels.of({"__name__": "x", "n": str(number)}), NOW, 1.0)
    assert 2 == len(one.select(ALL, 0, 2 * NOW))
    assert [("metrics", "series_limit", 2)] == books.drops()


def test_the_oldest_go_first(make: Make, books: Ledger) -> None:
    """What is too old goes as whole blocks, with the series that nothing else holds."""
    one = make(keep=3 * block.LENGTH / 1000)
    old = labels.of({"__name__": "old"})
    one.record(old, NOW, 1.0)
    one.cut(NOW)
    later = NOW + 5 * block.LENGTH
    one.record(UP, later, 2.0)
    generation = one.generation
    one.cut(later)
    assert [UP] == one.series(ALL)
    assert generation < one.generation
    assert 1 == books.counts()["expired"]["metrics"]
    assert later == one.oldest


def test_room_on_the_disk_is_limited(make: Make) -> None:
    """What is too much goes too, the oldest block first."""
    one = make(size=80_000)
    for turn in range(4):
        at = NOW + turn * block.LENGTH
        for number in range(50):
            series = labels.of({"__name__": "x", "n": str(number)})
            for each in range(30):
                one.record(series, at + each * 1000, (number * 7919 + each * 104_729) / 3.7)
        one.cut(at)
    assert one.size <= 80_000
    assert one.oldest is not None
    assert NOW < one.oldest


def test_a_number_that_was_forgotten_is_refused(make: Make) -> None:
    """Who still holds the number of a forgotten series writes nothing with it."""
    one = make(keep=1.0)
    number = one.number(UP)
    assert number is not None
    one.append(NOW, (number,), (1.0,))
    one.cut(NOW)
    one.cut(NOW + 5 * block.LENGTH)
    one.append(NOW + 5 * block.LENGTH, (number,), (2.0,))
    assert [] == one.select(ALL, 0, 2 * NOW)


def test_what_the_disk_does_not_take_is_tried_again(
    make: Make, books: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Samples that could not be cut stay and are cut later; after two attempts they are lost."""
    one, write = make(), Block.write

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    def cut(at: int) -> None:
        one.record(UP, NOW + at, float(at))
        with contextlib.suppress(sqlite3.OperationalError):
            one.cut(NOW)

    monkeypatch.setattr(Block, "write", full)
    cut(1)
    monkeypatch.setattr(Block, "write", write)
    cut(2)
    assert ([1.0, 2.0], []) == (_values(one), books.drops())
    monkeypatch.setattr(Block, "write", full)
    cut(3)
    cut(4)
    assert [1.0, 2.0, 4.0] == _values(one)
    assert [("metrics", "disk_error", 1)] == books.drops()


def test_a_journal_that_is_not_written_is_written_later(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Samples that could not be flushed are flushed with the next ones."""
    one = make()
    write = one._journal.write

    def full(*_: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    one.record(UP, NOW, 1.0)
    monkeypatch.setattr(one._journal, "write", full)
    with pytest.raises(sqlite3.OperationalError):
        one.flush()
    monkeypatch.setattr(one._journal, "write", write)
    one.record(UP, NOW + 1000, 2.0)
    one.flush()
    assert [1.0, 2.0] == _values(make())


def test_damaged_files_cost_only_themselves(make: Make, tmp_path: Path, books: Ledger) -> None:
    """A damaged block is left out, a damaged journal begins anew, and the gaps are known."""
    one = make()
    _fill(one, 2, block.LENGTH)
    one.cut(NOW)
    one.close()
    folder = tmp_path / "metrics"
    (folder / f"{NOW}.db").write_bytes(b"x" * 9000)
    two = make()
    assert [1.0] == _values(two)
    two.close()
    (folder / "journal.sqlite").write_bytes(b"x" * 9000)
    assert [] == _values(make())
    gaps = [(gap.reason, gap.start // 1000) for gap in books.gaps() if gap.signal == "metrics"]
    assert [("damaged", NOW)] == gaps
    assert [("metrics", "damaged", 2)] == books.drops()


def test_a_folder_of_another_format_is_set_aside(
    make: Make, tmp_path: Path, books: Ledger
) -> None:
    """Files that were written otherwise are counted and not read; the store begins anew."""
    one = make()
    _fill(one, 2, block.LENGTH)
    one.cut(NOW)
    one.close()
    folder = tmp_path / "metrics"
    for file in folder.iterdir():
        with contextlib.closing(sqlite3.connect(file)) as other:
            other.execute("pragma user_version = 1")
    two = make()
    assert [] == _values(two)
    _fill(two, 2, 1000)
    assert [0.0, 1.0] == _values(two)
    assert [("metrics", "damaged", 3)] == books.drops()
    assert ["journal.damaged"] == [each.name for each in folder.glob("*.damaged")]


def test_a_journal_with_a_damaged_row_is_set_aside(
    make: Make, tmp_path: Path, books: Ledger
) -> None:
    """What SQLite takes for whole and is not never keeps the store from starting."""
    one = make()
    _fill(one, 2, 1000)
    one.close()
    journal = tmp_path / "metrics" / "journal.sqlite"
    with contextlib.closing(sqlite3.connect(journal)) as other, other:
        other.execute("insert into batches (data) values (?)", (b"x" * 40,))
    assert [] == _values(make())
    assert [("metrics", "damaged", 1)] == books.drops()


def test_readers_see_whole_series_while_it_is_cut(make: Make) -> None:
    """Whoever reads during a cut misses nothing and sees nothing twice."""
    one = make()
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            found = _values(one)
            if found != [float(at) for at in range(len(found))]:
                wrong.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    for at in range(300):
        one.record(UP, NOW + at * 1000, float(at))
        if at % 20 == 0:
            one.cut(NOW)
    stop.set()
    reader.join()
    assert [] == wrong
    assert 300 == len(_values(one))


KILLED = """
import sys
from pathlib import Path
from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics.storage.store import Store
folder = Path(sys.argv[1])
one = Store(folder / "metrics", 1e9, 1e9, Ledger(folder))
at = 0
while True:
    at += 1
    one.record((("__name__", "up"),), at * 1000, float(at))
    if at % 10 == 0:
        one.flush()
        print(at, flush=True)
    if at % 70 == 0:
        one.cut(at * 1000)
"""


def test_a_killed_process_loses_nothing_that_was_flushed(make: Make, tmp_path: Path) -> None:
    """After SIGKILL in the middle of writing, all that had been flushed is there, once."""
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as running:
        assert running.stdout is not None
        last = 0
        while last < 500:
            last = int(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
    found = _values(make())
    assert [float(at) for at in range(1, len(found) + 1)] == found
    assert last <= len(found)


def test_a_cut_is_shorter_than_a_sheet_may_be() -> None:
    """Sheets of one cut reach no further than blocks allow for."""
    assert store.CUT < block.LONGEST
