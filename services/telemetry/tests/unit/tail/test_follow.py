"""Files are followed over appends, turns and replacements, and no line is read twice."""

import os
import shutil

import pytest

from groundplan_telemetry.tail import follow
from groundplan_telemetry.tail.follow import Follower


@pytest.fixture
def log(tmp_path):
    """Return an empty log."""
    file = tmp_path / "a.log"
    file.touch()
    return file


def append(file, text):
    with file.open("ab") as opened:
        opened.write(text)


def read(follower):
    found = follower.read()
    follower.taken()
    return found


def test_whole_lines_are_read_as_they_come(log):
    """A line that is not whole yet waits for its end."""
    follower = Follower(log, None)
    assert [] == read(follower)
    append(log, b"one\ntwo\nthr")
    assert [b"one", b"two"] == read(follower)
    append(log, b"ee\n")
    assert [b"three"] == read(follower)
    assert 0 == follower.behind


def test_a_kept_place_is_gone_on_from(log):
    """A restart neither repeats nor skips."""
    append(log, b"one\n")
    first = Follower(log, None)
    read(first)
    append(log, b"two\n")
    assert [b"two"] == read(Follower(log, first.place))


def test_lines_that_were_not_taken_come_again(log):
    """Who has no room for lines gets the same ones next time."""
    append(log, b"one\n")
    follower = Follower(log, None)
    follower.read()
    follower.untaken()
    assert [b"one"] == follower.read()


def turn_over(log):
    shutil.copyfile(log, f"{log}.1")
    os.truncate(log, 0)


@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_log_that_was_turned_over_is_read_to_its_end(log, is_restarted):
    """What was written before the turn comes first, from the copy, then what came after."""
    append(log, b"one\n")
    follower = Follower(log, None)
    read(follower)
    append(log, b"two\nthree\n")
    turn_over(log)
    append(log, b"4\n")
    if is_restarted:
        follower = Follower(log, follower.place)
    assert [b"two", b"three"] == read(follower)
    assert [b"4"] == read(follower)


def test_a_log_that_was_replaced_is_read_from_its_beginning(log):
    """Another file of the same name is another log."""
    append(log, b"one\n")
    follower = Follower(log, None)
    read(follower)
    log.rename(log.with_suffix(".old"))
    append(log, b"two\n")
    assert [b"two"] in (read(follower), read(follower))


def test_only_the_end_of_a_large_file_is_read_at_first(log, monkeypatch):
    """A store that is new to a long log begins near its end, with a whole line."""
    monkeypatch.setattr(follow, "FIRST", 10)
    append(log, b"first line\nsecond line\nthird\n")
    assert [b"third"] == read(Follower(log, None))
    assert 3 == len(read(Follower(log, None, is_new=True)))


def test_a_line_without_an_end_is_cut(log, monkeypatch):
    """No line takes all memory."""
    monkeypatch.setattr(follow, "PIECE", 8)
    monkeypatch.setattr(follow, "LONGEST", 8)
    append(log, b"x" * 20 + b"\n")
    follower = Follower(log, None)
    assert [b"x" * 8, b"x" * 8, b"xxxx"] == read(follower) + read(follower) + read(follower)


def test_a_file_that_is_not_there_is_no_error(tmp_path):
    """A replica that has not started yet has no log."""
    follower = Follower(tmp_path / "none.log", None)
    assert ([], 0) == (follower.read(), follower.behind)
