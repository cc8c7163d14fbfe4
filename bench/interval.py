"""Between which bounds a median or a mean lies, by drawing again from what was measured.

What was measured in one run of the processes is more alike than what was measured in another:
runs are drawn first, then figures within them.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import Final

_DRAWS: Final = 2000
_OUTSIDE: Final = 0.05
_SEED: Final = 20


def of_median(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the bounds that hold the median with 95 %, of figures by the run they are from."""
    return _bounds(groups, median)


def of_mean(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the bounds that hold the mean with 95 %, of figures by the run they are from."""
    return _bounds(groups, fmean)


def _bounds(
    groups: Sequence[Sequence[float]], middle: Callable[[Iterable[float]], float]
) -> tuple[float, float]:
    chance = random.Random(_SEED)
    drawn = sorted(middle(_again(groups, chance)) for _ in range(_DRAWS))
    cut = round(_DRAWS * _OUTSIDE / 2)
    return drawn[cut], drawn[-cut - 1]


def _again(groups: Sequence[Sequence[float]], chance: random.Random) -> list[float]:
    runs = chance.choices(groups, k=len(groups))
    return [each for run in runs for each in chance.choices(run, k=len(run))]
