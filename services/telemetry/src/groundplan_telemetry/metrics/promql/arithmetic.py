"""Numbers as IEEE 754 and Go have them: what Python refuses is infinite or no number."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

NAN: Final = math.nan
INF: Final = math.inf


def divide(a: float, b: float) -> float:
    """Return a / b; by zero it is infinite, or no number."""
    if b:
        return a / b
    if not a or a != a or b != b:
        return NAN
    return math.copysign(INF, a) * math.copysign(1.0, b)


def remainder(a: float, b: float) -> float:
    """Return what is left of a / b, with the sign of a."""
    try:
        return math.fmod(a, b)
    except ValueError:
        return NAN


def power(a: float, b: float) -> float:
    """Return a to the power of b."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -INF if a < 0 and b % 2 == 1 else INF
    except ValueError:
        return INF if a == 0 else NAN


def total(values: Sequence[float]) -> float:
    """Return the sum without what rounding loses on the way."""
    try:
        return math.fsum(values)
    except (ValueError, OverflowError):
        return sum(values)


def mean(values: Sequence[float]) -> float:
    """Return the average."""
    return total(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """Return the population's variance."""
    average = mean(values)
    return total([(value - average) ** 2 for value in values]) / len(values)


def deviation(values: Sequence[float]) -> float:
    """Return the population's standard deviation."""
    return math.sqrt(variance(values))


def least(values: Sequence[float]) -> float:
    """Return the smallest; what is no number counts only where nothing else is there."""
    return min((value for value in values if value == value), default=NAN)


def most(values: Sequence[float]) -> float:
    """Return the largest; what is no number counts only where nothing else is there."""
    return max((value for value in values if value == value), default=NAN)


def quantile(share: float, values: Sequence[float]) -> float:
    """Return the value below which a share of all lies, between neighbours in proportion."""
    if not values or share != share:
        return NAN
    if share < 0 or share > 1:
        return math.copysign(INF, share - 0.5)
    ordered = sorted(values, key=lambda value: -INF if value != value else value)
    rank = share * (len(ordered) - 1)
    low = math.floor(rank)
    high = min(low + 1, len(ordered) - 1)
    part = rank - low
    return ordered[low] * (1 - part) + ordered[high] * part


ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": divide,
    "%": remainder,
    "^": power,
    "atan2": math.atan2,
}

COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
}
