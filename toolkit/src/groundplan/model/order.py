"""What depends on what: the order in which components start, and circles in `calls`."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def find_circle(calls: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the components of one circle of calls, first and last the same, or nothing."""
    try:
        tuple(TopologicalSorter(calls).static_order())
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def start_order(calls: Mapping[str, Iterable[str]]) -> list[str]:
    """Return every component after those that it calls.

    Raises:
        graphlib.CycleError: the calls make a circle.
    """
    return list(TopologicalSorter({name: sorted(to) for name, to in calls.items()}).static_order())
