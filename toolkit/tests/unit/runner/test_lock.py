"""A data folder has one supervisor."""

from groundplan.runner.lock import Lock


def test_a_held_lock_is_not_given_twice(tmp_path):
    """The second asker is told so, and gets it once the first has let go."""
    held = Lock.take(tmp_path / "lock")
    assert held is not None
    assert Lock.take(tmp_path / "lock") is None
    held.release()
    again = Lock.take(tmp_path / "lock")
    assert again is not None
    again.release()
