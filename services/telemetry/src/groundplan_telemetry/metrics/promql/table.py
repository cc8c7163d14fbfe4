"""Tables: series that stand in the same sheets one after the other, as far as a time reaches.

What a table says of a few moments is taken out of its sheets row by row; no series is put
together as a whole. Sheets that overlap say the same of the time that both have.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter, lt
from typing import Final

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.sheet import Sheet, gathered, loss
from groundplan_telemetry.metrics.promql.values import Samples

Values = Sequence[float]
FOREVER: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class Part:
    """Of a sheet, the moments `low` to `high` (left out), the first of them the table's `at`."""

    sheet: Sheet
    low: int
    high: int
    at: int
    pick: Callable[[Values], Values]
    """Takes the table's series out of the sheet's."""


class Table:
    """Series with the same moments; marks of their end are not among them."""

    def __init__(self, labels: list[Labels], parts: Sequence[Part]) -> None:
        self.labels, self._parts = labels, parts
        self.times: Whole = array("q")
        for each in parts:
            self.times.extend(each.sheet.times[each.low : each.high])

    def rows(self, moments: Iterable[int]) -> dict[int, Values]:
        """Return the values of all series at some moments, by their place in `times`."""
        wanted, found = sorted(set(moments)), {}
        for each in self._parts:
            shift = each.low - each.at
            low = bisect_left(wanted, each.at)
            high = bisect_left(wanted, each.at + each.high - each.low)
            rows = each.sheet.rows([at + shift for at in wanted[low:high]])
            for at in wanted[low:high]:
                found[at] = each.pick(rows[at + shift])
        return found

    def lost(self) -> list[tuple[int, Values]]:
        """Return what counters lose by beginning anew, at the places of their falls."""
        sides = [each.at + side for each in self._parts if each.at for side in (-1, 0)]
        borders, found = self.rows(sides), list[tuple[int, Values]]()
        for each in self._parts:
            if each.at and any(map(lt, borders[each.at], borders[each.at - 1])):
                found.append((each.at, loss(borders[each.at - 1], borders[each.at])))
            found += [
                (at - each.low + each.at, each.pick(sums))
                for at, sums in each.sheet.lost()
                if each.low < at < each.high
            ]
        return found


def tables(
    named: Mapping[int, Labels], sheets: Iterable[Sheet], start: int, end: int
) -> list[Table]:
    """Return the series of some numbers, from `start` to `end`, both included."""
    ordered = sorted(sheets, key=lambda sheet: (sheet.start, sheet.stop))
    ways: dict[int, list[int]] = {}
    for place, sheet in enumerate(ordered):
        if sheet.times and sheet.times[0] <= end and sheet.times[-1] >= start:
            for number in _common(named, sheet):
                ways.setdefault(number, []).append(place)
    together: dict[tuple[int, ...], list[int]] = {}
    for number, way in ways.items():
        together.setdefault(tuple(way), []).append(number)
    found = (
        Table([named[number] for number in numbers],
              list(_parts([ordered[place] for place in way], numbers, start, end)))
        for way, numbers in together.items()
    )  # fmt: skip
    return [each for each in found if each.times]


def _common(named: Mapping[int, Labels], sheet: Sheet) -> Sequence[int]:
    both = named.keys() & sheet.places.keys()
    return sheet.numbers if len(both) == len(sheet.numbers) else sorted(both)


def _parts(sheets: list[Sheet], numbers: list[int], start: int, end: int) -> Iterator[Part]:
    at, begin = 0, start
    for sheet in sheets:
        low, high = bisect_left(sheet.times, begin), bisect_right(sheet.times, end)
        if low < high:
            yield Part(sheet, low, high, at, _pick(sheet, numbers))
            at, begin = at + high - low, sheet.times[high - 1] + 1


def _pick(sheet: Sheet, numbers: list[int]) -> Callable[[Values], Values]:
    places = [sheet.places[number] for number in numbers]
    if places == list(range(len(sheet.numbers))):
        return lambda row: row
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def of(samples: Sequence[Samples]) -> list[Table]:
    """Return samples in tables."""
    named = {number: each.labels for number, each in enumerate(samples)}
    pieces = ((number, each.times, each.values) for number, each in enumerate(samples))
    return tables(named, gathered(pieces), -FOREVER, FOREVER)


def series(
    named: Mapping[int, Labels], sheets: Iterable[Sheet], start: int, end: int
) -> list[Samples]:
    """Return the samples of each series, marks of its end among them."""
    found: dict[int, tuple[Whole, Real]] = {}
    for sheet in sorted(sheets, key=lambda sheet: (sheet.start, sheet.stop)):
        numbers = _common(named, sheet)
        places = [sheet.places[number] for number in numbers]
        for number, (times, values) in zip(numbers, sheet.samples(places), strict=True):
            mine = found.setdefault(number, (array("q"), array("d")))
            low = bisect_left(times, max(start, mine[0][-1] + 1) if mine[0] else start)
            high = bisect_right(times, end)
            mine[0].extend(times[low:high])
            mine[1].extend(values[low:high])
    return [Samples(named[n], *found[n]) for n in named if n in found and found[n][0]]
