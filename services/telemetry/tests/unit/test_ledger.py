"""The books say what was lost, why and when, and outlive the process."""

import pytest

from groundplan_telemetry import ledger
from groundplan_telemetry.ledger import Ledger


def test_counts_outlive_the_process(tmp_path, books):
    """What was counted before a restart is counted after it."""
    for count in (books.received, books.stored, books.expired, books.repeated):
        count("logs", 2)
    books.dropped("logs", "disk_full", 3)
    books.keep()
    again = Ledger(tmp_path)
    again.stored("logs", 1)
    found = {kind: counts["logs"] for kind, counts in again.counts().items()}
    assert {"received": 2, "stored": 3, "expired": 2, "repeated": 2} == found
    assert [("logs", "disk_full", 3)] == again.drops()


def test_losses_of_one_time_are_one_gap(books, monkeypatch):
    """A thousand refused batches are one line for people, with all that was lost."""
    later = 3 + ledger.JOINED
    for at in (1, 2, later):
        monkeypatch.setattr(ledger, "_now", lambda at=at: at)
        books.dropped("traces", "queue_full", 5)
    books.dropped("logs", "queue_full", 0)
    assert [(1, 2, 10), (later, later, 5)] == [(g.start, g.end, g.lost) for g in books.gaps()]


def test_a_time_in_which_nobody_listened_is_a_gap(tmp_path, books, monkeypatch):
    """A store that was down for long says from when to when; a quick restart is none."""
    monkeypatch.setattr(ledger, "_now", lambda: 1)
    books.keep()
    for now, wanted in ((ledger.SILENT, []), (ledger.SILENT + 2, [("all", "stopped")])):
        monkeypatch.setattr(ledger, "_now", lambda now=now: now)
        assert wanted == [(gap.signal, gap.reason) for gap in Ledger(tmp_path).gaps()]


def test_what_nobody_could_count_is_a_gap_too(books):
    """A file that cannot be read is one loss, with the time that it was of."""
    books.missing("metrics", "damaged", 5, 9)
    assert [(5, 9, 0)] == [(gap.start, gap.end, gap.lost) for gap in books.gaps()]
    assert [("metrics", "damaged", 1)] == books.drops()


def test_gaps_are_bounded(books, monkeypatch):
    """The newest stay."""
    monkeypatch.setattr(ledger, "MOST_GAPS", 3)
    for number in range(5):
        books.dropped("logs", f"reason-{number}", 1)
    assert ["reason-2", "reason-3", "reason-4"] == [gap.reason for gap in books.gaps()]


@pytest.mark.parametrize("damaged", ["{", '{"gaps": 7}', ""])
def test_damaged_books_are_begun_anew(tmp_path, damaged):
    """Counting goes on, from nothing."""
    (tmp_path / ledger.FILE).write_text(damaged)
    assert 0 == Ledger(tmp_path).counts()["stored"]["logs"]
