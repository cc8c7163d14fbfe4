"""Keys in Redis that two programs must spell alike."""

from groundplan_contracts import sessions


def test_keys_are_these() -> None:
    """The letters are part of the contract: a running gateway reads what a backend wrote."""
    assert "groundplan:session:s1" == sessions.session_key("s1")
    assert "groundplan:sessions:u1" == sessions.sessions_of_user_key("u1")
    assert "groundplan:limit:backend:/api/v1:u1" == sessions.limit_key("backend:/api/v1", "u1")


def test_keys_of_different_things_never_meet() -> None:
    """A session, a user and a caller of the same name have keys of their own."""
    keys = {
        sessions.session_key("x"),
        sessions.sessions_of_user_key("x"),
        sessions.limit_key("x", "x"),
    }
    assert 3 == len(keys)
