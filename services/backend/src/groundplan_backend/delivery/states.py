"""The state machine of a deployment: which step may follow which, and what holds in each state."""

from collections.abc import Mapping
from typing import Final

from groundplan_backend.delivery.schemas import State
from groundplan_backend.errors import IllegalTransition

STEPS: Final[Mapping[State, frozenset[State]]] = {
    "awaiting_approval": frozenset({"failed"}),
    "planned": frozenset({"applying", "failed"}),
    "applying": frozenset({"verifying", "failed", "rolled_back"}),
    "verifying": frozenset({"live", "failed", "rolled_back"}),
    "live": frozenset(),
    "failed": frozenset({"rolled_back"}),
    "rolled_back": frozenset(),
}
"""What a report may do. Approvals and rollbacks take the other steps: to planned, from live."""
BUSY: Final[frozenset[State]] = frozenset({"applying", "verifying"})
"""Somebody is at the service; no other deployment of it may be."""
FINISHED: Final[frozenset[State]] = frozenset({"live", "failed", "rolled_back"})


def check(current: State, expected: State, to: State) -> None:
    """Refuse a step that the sender did not mean, or that does not exist.

    Raises:
        IllegalTransition: `current` is not `expected`, or does not lead to `to`.
    """
    if current != expected:
        raise IllegalTransition(f"the deployment is {current}, not {expected}")
    if to not in STEPS[current]:
        ways = ", ".join(sorted(STEPS[current])) or "no other state"
        raise IllegalTransition(f"{current} does not lead to {to} but to {ways}")
