"""Which deployments may be taken back."""

import uuid
from typing import Any

import pytest

from groundplan_backend.delivery.reading import can_roll_back

OLD, NEW, NEWER = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


def _part(live: bool, previous: Any, live_id: Any) -> dict[str, Any]:
    return {"live": live, "previous_id": previous, "live_id": live_id}


@pytest.mark.parametrize(
    ("state", "parts", "expected"),
    [
        ("live", [_part(True, OLD, NEW)], True),
        ("live", [_part(True, None, NEW)], False),
        ("live", [_part(False, OLD, NEWER)], False),
        ("live", [_part(True, OLD, NEW), _part(False, OLD, NEWER)], False),
        ("failed", [_part(False, OLD, OLD)], True),
        ("failed", [_part(False, OLD, NEWER)], False),
        ("failed", [_part(False, None, OLD)], False),
        ("verifying", [_part(False, OLD, OLD)], False),
        ("rolled_back", [_part(False, OLD, OLD)], False),
        ("live", [], False),
    ],
)
def test_only_what_nothing_came_after(state: str, parts: list[Any], expected: bool) -> None:
    """It is live, or failed over what is live, and something was there before."""
    assert expected is can_roll_back(state, parts)
