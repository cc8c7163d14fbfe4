"""Anchors: links of the chain that are noted outside the database, once and never changed.

The name of a note says all: the day, the position, the link and the time. So that checking
reads names only, whether they stand in a folder or in a bucket.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple

from groundplan_backend.objects.notes import Notes

EVERY: Final = 45.0
"""Seconds between two anchors, where there is something new."""
_DIGITS: Final = 19


class Anchor(NamedTuple):
    """A link that was noted at a moment."""

    position: int
    seal: bytes
    at: datetime


class Anchors:
    """Writes and reads anchors."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def put(self, position: int, seal: bytes) -> None:
        """Note a link.

        Raises:
            DependencyUnavailable: the place of the notes cannot be written.
        """
        at = datetime.now(UTC)
        name = f"{position:0{_DIGITS}d}-{seal.hex()}-{at:%H%M%S}"
        await self._notes.create(f"{at:%Y-%m-%d}", name)

    async def days(self) -> list[str]:
        """Return the days that have anchors, oldest first."""
        return await self._notes.folders()

    async def of_day(self, day: str) -> list[Anchor]:
        """Return a day's anchors by position."""
        return list(_parsed(day, await self._notes.names(day)))

    async def latest(self) -> Anchor | None:
        """Return the anchor with the highest position of the last day that has any."""
        for day in reversed(await self.days()):
            if found := await self.of_day(day):
                return found[-1]
        return None


def _parsed(day: str, names: list[str]) -> Iterator[Anchor]:
    for each in names:
        position, _, rest = each.partition("-")
        seal, _, clock = rest.partition("-")
        with suppress(ValueError):
            at = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H%M%S").replace(tzinfo=UTC)
            yield Anchor(int(position), bytes.fromhex(seal), at)
