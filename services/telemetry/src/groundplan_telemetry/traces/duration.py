"""Durations counted in buckets, each a quarter longer than the one before."""

import math
from collections.abc import Mapping
from typing import Final

STEP: Final = math.log(1.25)
LEAST: Final = 10.0
"""Microseconds of the first bucket."""


def bucket(microseconds: int) -> int:
    """Return the bucket of a duration."""
    if microseconds <= LEAST:
        return 0
    return math.ceil(math.log(microseconds / LEAST) / STEP)


def quantile(buckets: Mapping[int, int], share: float) -> float:
    """Return the duration in microseconds within which a share lies; 0 where there is none.

    It is exact to the width of a bucket: the place within it is taken as even.
    """
    total = sum(buckets.values())
    wanted, seen = share * total, 0
    for key, count in sorted(buckets.items()):
        if count and seen + count >= wanted:
            low, high = (_upper(key - 1) if key else 0.0), _upper(key)
            return low + (high - low) * (wanted - seen) / count
        seen += count
    return 0.0


def _upper(key: int) -> float:
    return LEAST * math.exp(STEP * key)
