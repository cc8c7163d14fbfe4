"""Between which bounds a median lies, by drawing again from what was measured (bootstrap).

What was measured in one run of the processes is more alike than what was measured in another:
runs are drawn first, then figures within them.
"""

import random
from collections.abc import Sequence
from statistics import median
from typing import Final

_DRAWS: Final = 2000
_OUTSIDE: Final = 0.05
_SEED: Final = 20


def of_median(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the bounds that hold the median with 95 %, of figures by the run they are from."""
    chance = random.Random(_SEED)
    drawn = sorted(_again(groups, chance) for _ in range(_DRAWS))
    cut = round(_DRAWS * _OUTSIDE / 2)
    return drawn[cut], drawn[-cut - 1]


def _again(groups: Sequence[Sequence[float]], chance: random.Random) -> float:
    runs = chance.choices(groups, k=len(groups))
    return median(each for run in runs for each in chance.choices(run, k=len(run)))
