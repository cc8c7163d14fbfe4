"""Without a store."""

import pytest

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects.absent import Absent


async def test_everything_is_unavailable() -> None:
    """The caller is told that there is no store, whatever it asks for."""
    absent = Absent()
    for asked in (
        absent.size("a"),
        absent.copy("a", "b"),
        absent.remove(["a"]),
        absent.link("a", 1),
        anext(absent.read("a", 1, 0, 1)),
        absent.writing("a", 1).__aenter__(),
    ):
        with pytest.raises(DependencyUnavailable, match="no object store"):
            await asked
