"""A refused lock tells who holds it."""

from groundplan.cloud import lock
from groundplan.cloud.event import Diagnostic

DETAIL = """Error message: resource temporarily unavailable
Lock Info:
  ID:        7966e79e-b5a1-5de1-08a8-72d5014f7b86
  Path:      terraform.tfstate
  Operation: OperationTypeApply
  Who:       ada@laptop
  Version:   1.11.4
  Created:   2026-11-22 20:11:24.349667317 +0000 UTC
  Info:

Terraform acquires a state lock to protect the state from being written
"""


def test_the_holder_is_read() -> None:
    """Name, time and work, for people."""
    found = lock.read(Diagnostic("error", lock.REFUSAL, DETAIL))
    assert found is not None
    assert "7966e79e-b5a1-5de1-08a8-72d5014f7b86" == found.number
    expected = (
        "the state is locked by ada@laptop since 2026-11-22 20:11:24 UTC, for an apply or destroy"
    )
    assert expected == str(found)


def test_another_refusal_is_no_lock() -> None:
    """Neither other words, nor a lock that could not even be asked for."""
    others = (Diagnostic("error", "no", DETAIL), Diagnostic("error", lock.REFUSAL, "AccessDenied"))
    assert [None, None] == [lock.read(each) for each in others]
