"""Known bad contents."""

import pytest

from groundplan_backend.artifacts.inspection.signatures import Scan
from groundplan_backend.artifacts.inspection.source import Refused

EICAR = rb"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1]


@pytest.mark.parametrize("size", [1, 3, 7, 50, 1000])
def test_it_is_found_wherever_pieces_end(size: int) -> None:
    """Cut anywhere, and behind other bytes."""
    whole = b"x" * 333 + EICAR + b"y" * 10
    scan = Scan()
    with pytest.raises(Refused, match="virus"):
        _feed(scan, whole, size)


def _feed(scan: Scan, whole: bytes, size: int) -> None:
    for start in range(0, len(whole), size):
        scan.feed(whole[start : start + size])


def test_all_else_is_fine() -> None:
    """Almost the same is not the same."""
    scan = Scan()
    scan.feed(EICAR[:-1])
    scan.feed(b" " + EICAR[1:])
