"""Sheets: samples of many series that were taken at the same moments.

All series of a target are scraped at once, so their times are told once, and a question about a
few moments looks at a few rows: the values of all series at one moment. A sheet in memory is
made here; one that is unpacked when somebody looks at it, the storage has.
"""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import lt, ne
from typing import Final

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.promql.values import STALE, is_stale

MOST_SERIES: Final = 2048
"""Of one sheet; a row of it and the one before lie within what the packer looks back to."""
Piece = tuple[int, Whole, Real]
"""A series' number and its samples, marks of its end among them."""


class Sheet(ABC):
    """Series by number, the moments of their samples, and the moments at which all of them end."""

    def __init__(self, numbers: Whole, times: Whole, ends: Whole) -> None:
        self.numbers, self.times, self.ends = numbers, times, ends
        self._places: Mapping[int, int] | None = None
        self._lost: list[tuple[int, Real]] | None = None

    @property
    def start(self) -> int:
        """When it begins."""
        return min(*self.times[:1], *self.ends[:1], 1 << 62)

    @property
    def stop(self) -> int:
        """When it ends."""
        return max(*self.times[-1:], *self.ends[-1:], 0)

    @property
    def places(self) -> Mapping[int, int]:
        """In which column a series stands."""
        if self._places is None:
            self._places = {number: place for place, number in enumerate(self.numbers)}
        return self._places

    @property
    @abstractmethod
    def falls(self) -> bool:
        """Whether a value is anywhere smaller than the one before it."""

    @abstractmethod
    def rows(self, moments: Sequence[int]) -> Mapping[int, Real]:
        """Return the values of all series at some of its moments, by their place in `times`."""

    @abstractmethod
    def columns(self, places: Iterable[int]) -> Iterator[Real]:
        """Yield the values of some series, without marks of their end."""

    def lost(self) -> list[tuple[int, Real]]:
        """Return at each fall what counters lose that begin anew there."""
        if self._lost is None:
            self._lost = list(self._falling()) if self.falls else []
        return self._lost

    def _falling(self) -> Iterator[tuple[int, Real]]:
        rows = self.rows(range(len(self.times)))
        for at in range(1, len(self.times)):
            if any(map(lt, rows[at], rows[at - 1])):
                yield at, loss(rows[at - 1], rows[at])

    def samples(self, places: Sequence[int]) -> Iterator[tuple[Whole, Real]]:
        """Yield the samples of some series, with the marks of their end."""
        if not self.ends:
            yield from ((self.times, column) for column in self.columns(places))
            return
        order = sorted([*self.times, *self.ends])
        ends = set(self.ends)
        for column in self.columns(places):
            values = iter(column)
            whole = array("d", [STALE if at in ends else next(values) for at in order])
            yield array("q", order), whole


def loss(before: Iterable[float], now: Iterable[float]) -> Real:
    """Return what those had before that are smaller now, and nought for all others."""
    pairs = zip(before, now, strict=True)
    return array("d", [was if value < was else 0.0 for was, value in pairs])


class Held(Sheet):
    """A sheet in memory, made of columns."""

    def __init__(self, numbers: Whole, times: Whole, ends: Whole, columns: Sequence[Real]) -> None:
        super().__init__(numbers, times, ends)
        self._columns = columns

    @property
    def falls(self) -> bool:
        """Whether a value is anywhere smaller than the one before it."""
        return any(any(map(lt, islice(each, 1, None), each)) for each in self._columns)

    def rows(self, moments: Sequence[int]) -> Mapping[int, Real]:
        """Return the values of all series at some of its moments, by their place in `times`."""
        return {at: array("d", [each[at] for each in self._columns]) for at in moments}

    def columns(self, places: Iterable[int]) -> Iterator[Real]:
        """Yield the values of some series, without marks of their end."""
        return (self._columns[place] for place in places)


def gathered(pieces: Iterable[Piece]) -> list[Held]:
    """Return series in sheets, those together that have the same moments; the earliest first."""
    groups: dict[tuple[bytes, bytes], list[Piece]] = {}
    ends: dict[bytes, Whole] = {}
    for number, times, values in pieces:
        living, those, ended = parted(times, values)
        end = ended.tobytes()
        ends[end] = ended
        groups.setdefault((living.tobytes(), end), []).append((number, living, those))
    found = [
        Held(array("q", [each[0] for each in some]), some[0][1], ends[end],
             [each[2] for each in some])
        for (_, end), every in groups.items()
        for some in _portions(every)
    ]  # fmt: skip
    return sorted(found, key=lambda sheet: sheet.start)


def _portions(pieces: list[Piece]) -> Iterator[list[Piece]]:
    for low in range(0, len(pieces), MOST_SERIES):
        yield pieces[low : low + MOST_SERIES]


def parted(times: Whole, values: Real) -> tuple[Whole, Real, Whole]:
    """Return the samples without marks of an end, and the moments of these."""
    if not any(map(ne, values, values)):
        return times, values, array("q")
    kept = [at for at, value in enumerate(values) if not is_stale(value)]
    gone = sorted(set(range(len(values))) - set(kept))
    return (
        array("q", [times[at] for at in kept]),
        array("d", [values[at] for at in kept]),
        array("q", [times[at] for at in gone]),
    )
