"""What a supervisor leaves behind is read by the next one."""

import os

from groundplan.runner import identity, record


def _kept(pid: int, started: str) -> record.Kept:
    return record.Kept("web", 1, pid, started, "", 0, 80, "", 0, "SIGTERM", 1.0)


def test_what_was_kept_is_recalled(tmp_path):
    """Writing and reading give the same processes."""
    kept = _kept(os.getpid(), identity.of(os.getpid()) or "")
    record.keep(tmp_path / "processes.json", [kept])
    assert [kept] == record.recall(tmp_path / "processes.json")
    assert kept.lives


def test_a_process_of_the_same_number_is_not_it():
    """A number that was given to another process means that ours is gone."""
    assert not _kept(os.getpid(), "1").lives


def test_a_broken_record_is_none(tmp_path):
    """A record of another version or with a fault is no record."""
    (tmp_path / "processes.json").write_text('{"processes": [{"other": 1}]}')
    assert [] == record.recall(tmp_path / "processes.json")
    assert [] == record.recall(tmp_path / "missing.json")
