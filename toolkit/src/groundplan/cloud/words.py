"""A plan in words: how many of what, then each change that is more than a new resource.

Lines carry a style that a terminal shows as a colour; without one they read the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.text import Text

from groundplan.cloud.changes import Change, Kind, Plan

STYLES: Final = {
    Kind.CREATED: "green",
    Kind.CHANGED: "yellow",
    Kind.REPLACED: "magenta",
    Kind.DESTROYED: "red",
    Kind.ADOPTED: "cyan",
    Kind.FORGOTTEN: "cyan",
}
LOSS: Final = "bold red"
FEW: Final = 12
"""Up to so many new or destroyed resources are named; more are counted by module."""
TYPES: Final = 4
"""Types that the line of a module names."""


def describe(plan: Plan) -> Iterator[Text]:
    """Yield the lines that say what a plan does, losses of data in red and first."""
    if plan.is_empty:
        yield Text("nothing changes")
        return
    yield Text(summary(plan), style="bold")
    for change in plan.losses:
        yield Text(f"  data loss: {change.address} is {change.kind}{_why(change)}", style=LOSS)
    for kind in Kind:
        rest = [change for change in plan.of_kind(kind) if not change.loses_data]
        yield from _lines(kind, rest)
    if plan.outputs:
        yield Text(f"  outputs change: {', '.join(plan.outputs)}")


def summary(plan: Plan) -> str:
    """Return the counts of each kind, in one line."""
    counts = [(kind, len(plan.of_kind(kind))) for kind in Kind]
    parts = [f"{count} {kind}" for kind, count in counts if count]
    return ", ".join(parts) or "only outputs change"


def drift(plan: Plan) -> Iterator[Text]:
    """Yield the lines that say what others changed or removed since the last apply."""
    for change in plan.drift:
        gone = change.kind is Kind.DESTROYED
        what = "is gone" if gone else "was changed: " + ", ".join(change.attributes)
        yield Text(f"  {change.address} {what}", style="red" if gone else "yellow")


def _lines(kind: Kind, changes: list[Change]) -> Iterator[Text]:
    style = STYLES[kind]
    if kind in (Kind.CREATED, Kind.DESTROYED) and len(changes) > FEW:
        yield from (Text(f"  {kind} {line}", style=style) for line in _by_module(changes))
        return
    for change in changes:
        adopted = "adopted and " if change.is_adopted and kind is not Kind.ADOPTED else ""
        yield Text(f"  {adopted}{kind} {change.address}{_why(change)}", style=style)


def _by_module(changes: Iterable[Change]) -> Iterator[str]:
    modules: dict[str, Counter[str]] = {}
    for change in changes:
        modules.setdefault(change.module, Counter())[change.type] += 1
    for module, types in sorted(modules.items()):
        named = [f"{count} {name}" for name, count in types.most_common(TYPES)]
        others = len(types) - len(named)
        rest = f" and {others} other types" if others else ""
        where = f"in {module}" if module else "at the root"
        yield f"{where}: {sum(types.values())} ({', '.join(named)}{rest})"


def _why(change: Change) -> str:
    if change.kind is Kind.REPLACED and change.forced_by:
        return f" because {' and '.join(change.forced_by)} cannot change in place"
    if change.kind is Kind.CHANGED and change.attributes:
        return f": {', '.join(change.attributes)}"
    return ""
