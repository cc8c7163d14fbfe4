"""The state machine, step by step."""

import itertools
from typing import get_args

import pytest

from groundplan_backend.delivery import states
from groundplan_backend.delivery.schemas import State
from groundplan_backend.errors import IllegalTransition

STATES = get_args(State)
ALLOWED = {
    ("awaiting_approval", "failed"),
    ("planned", "applying"),
    ("planned", "failed"),
    ("applying", "verifying"),
    ("applying", "failed"),
    ("applying", "rolled_back"),
    ("verifying", "live"),
    ("verifying", "failed"),
    ("verifying", "rolled_back"),
    ("failed", "rolled_back"),
}


@pytest.mark.parametrize(("current", "to"), list(itertools.product(STATES, STATES)))
def test_each_step_is_allowed_or_refused(current: State, to: State) -> None:
    """Of all 49 steps ten may be reported."""
    if (current, to) in ALLOWED:
        states.check(current, current, to)
    else:
        with pytest.raises(IllegalTransition):
            states.check(current, current, to)


@pytest.mark.parametrize(("current", "expected"), list(itertools.permutations(STATES, 2)))
def test_another_state_than_expected_is_refused(current: State, expected: State) -> None:
    """Who has not seen the last step takes none."""
    for to in STATES:
        with pytest.raises(IllegalTransition):
            states.check(current, expected, to)


def test_every_state_can_come_to_an_end() -> None:
    """From each state a finished one can be reached, and finished ones are not busy."""
    assert set(STATES) == set(states.STEPS)
    for state in states.BUSY:
        assert "failed" in states.STEPS[state]
    assert not states.BUSY & states.FINISHED
