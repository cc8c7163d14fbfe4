"""Logs are read from their end, followed, and kept small."""

from groundplan.runner import journal


def test_the_last_lines_are_read(tmp_path):
    """The newest lines come, the oldest of them first."""
    log = tmp_path / "backend-1.log"
    log.write_text("".join(f"line {number}\n" for number in range(5000)))
    assert ["line 4998", "line 4999"] == journal.last_lines(log, 2)
    assert [] == journal.last_lines(tmp_path / "missing.log", 2)


def test_a_large_log_is_turned_over(tmp_path):
    """A log past its size is copied and cut in place; three old ones are kept."""
    log = tmp_path / "backend-1.log"
    for number in range(6):
        with log.open("a") as file:
            file.write(f"{number}" * 100)
        assert journal.turn_over(log, 50)
    assert 0 == log.stat().st_size
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert ["backend-1.log", "backend-1.log.1", "backend-1.log.2", "backend-1.log.3"] == kept
    assert "5" * 100 == (tmp_path / "backend-1.log.1").read_text()


def test_an_open_log_goes_on_after_its_turn(tmp_path):
    """Whoever appends to a log need not open it again."""
    log = tmp_path / "backend-1.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"old\n" * 100)
        assert journal.turn_over(log, 50)
        writer.write(b"new\n")
    assert "new\n" == log.read_text()


def test_a_small_log_is_left_alone(tmp_path):
    """Nothing is cut before its time."""
    log = tmp_path / "backend-1.log"
    log.write_text("short\n")
    assert not journal.turn_over(log, 50)


def test_following_gives_whole_new_lines(tmp_path):
    """Lines come once, when they are whole, also from a log that was cut or is new."""
    log = tmp_path / "backend-1.log"
    log.write_text("before\n")
    follower = journal.Follower(tmp_path, None)
    with log.open("a") as file:
        file.write("one\ntw")
    assert [("backend-1", "one")] == list(follower.new_lines())
    with log.open("a") as file:
        file.write("o\n")
    assert [("backend-1", "two")] == list(follower.new_lines())
    log.write_text("x\n")
    (tmp_path / "cache-1.log").write_text("new\n")
    assert [("backend-1", "x"), ("cache-1", "new")] == list(follower.new_lines())


def test_logs_are_chosen_by_component_or_replica(tmp_path):
    """A component's name stands for all its replicas."""
    for name in ("backend-1", "backend-2", "cache-1"):
        (tmp_path / f"{name}.log").touch()
    assert ["backend-1", "backend-2"] == [p.stem for p in journal.logs_of(tmp_path, "backend")]
    assert ["backend-2"] == [p.stem for p in journal.logs_of(tmp_path, "backend-2")]
    assert 3 == len(journal.logs_of(tmp_path, None))
