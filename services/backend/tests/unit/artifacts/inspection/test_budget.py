"""What a file may unpack to."""

import pytest

from groundplan_backend.artifacts.inspection.budget import Budget, Limits
from groundplan_backend.artifacts.inspection.source import Refused

MEBI = 1 << 20


def test_little_is_free_and_much_needs_packed_bytes() -> None:
    """The ratio counts from 16 MiB on."""
    budget = Budget(Limits(ratio=100))
    budget.unpack(16 * MEBI)
    with pytest.raises(Refused, match="more than 100 times its size"):
        budget.unpack(1)
    fed = Budget(Limits(ratio=100))
    fed.packed(lambda: b"x" * MEBI)()
    fed.unpack(100 * MEBI)
    with pytest.raises(Refused):
        fed.unpack(1)


def test_bytes_and_entries_have_an_end() -> None:
    """At the limit all is well, one more is refused."""
    budget = Budget(Limits(unpacked=10, entries=2))
    budget.unpack(10)
    with pytest.raises(Refused, match="more than 10 bytes"):
        budget.unpack(1)
    budget.entry()
    budget.entry()
    with pytest.raises(Refused, match="more than 2 files"):
        budget.entry()
