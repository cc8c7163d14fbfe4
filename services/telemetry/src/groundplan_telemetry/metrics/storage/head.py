"""The head: the newest samples of every series, in memory, until they are cut into sheets."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from groundplan_telemetry.metrics.arrays import Real, Whole

Piece = tuple[Whole, Real]


class Head:
    """Samples by series; written by one thread, read by others through copies."""

    def __init__(self) -> None:
        self._series: dict[int, Piece] = {}

    def __len__(self) -> int:
        return sum(len(times) for times, _ in list(self._series.values()))

    def append(self, number: int, time: int, value: float) -> None:
        """Add a sample that is newer than the series' last."""
        piece = self._series.get(number)
        if piece is None:
            piece = self._series[number] = (array("q"), array("d"))
        piece[1].append(value)
        piece[0].append(time)

    def last(self, number: int) -> int:
        """Return when a series had its last sample; 0 where it has none here."""
        piece = self._series.get(number)
        return piece[0][-1] if piece else 0

    def first(self, number: int) -> int:
        """Return when a series had its first sample; 0 where it has none here."""
        piece = self._series.get(number)
        return piece[0][0] if piece else 0

    def piece(self, number: int, start: int, end: int) -> Piece | None:
        """Return a series' samples of a time; None where there are none."""
        found = self._series.get(number)
        if found is None:
            return None
        times = found[0]
        low, high = bisect_left(times, start), bisect_right(times, end)
        return (times[low:high], found[1][low:high]) if low < high else None

    def series(self) -> set[int]:
        """Return whose samples it holds."""
        return set(self._series)

    def pieces(self, longest: int) -> Iterator[tuple[int, Whole, Real]]:
        """Yield everything, in pieces that are shorter than so many milliseconds."""
        for number, (times, values) in self._series.items():
            low = 0
            while low < len(times):
                high = bisect_left(times, times[low] + longest)
                yield number, times[low:high], values[low:high]
                low = high
