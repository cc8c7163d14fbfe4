"""States are words that people and programs read."""

from groundplan.runner.state import TROUBLED, State


def test_states_are_the_promised_words():
    """`status --json` uses exactly these."""
    assert {
        "pending",
        "starting",
        "ready",
        "unready",
        "stopping",
        "stopped",
        "failed",
        "backoff",
    } == {str(state) for state in State}
    assert TROUBLED < set(State)
