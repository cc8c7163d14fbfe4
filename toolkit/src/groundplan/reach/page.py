"""A verdict as people read it: who can reach what, on which port and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from groundplan.reach import port
from groundplan.reach.verdict import Verdict

EVERY_POD: Final = "every pod"
UNMEANT: Final = "not meant"
NAMED: Final = 5
"""Arrows of one way between security groups that are named; the JSON has all."""


class Line(NamedTuple):
    """What one party can reach."""

    target: str
    ports: str
    reason: str


Lines = Mapping[str, Sequence[Line]]
"""Lines by who can reach."""


def page(verdict: Verdict, origin: str | None = None, target: str | None = None) -> Iterator[str]:
    """Yield the lines, of one origin or one target where it is asked for."""
    pods, groups = (_wanted(lines, origin, target) for lines in (_pods(verdict), _groups(verdict)))
    if pods:
        yield "pods, by network policies"
        yield from _shown(pods if origin else _shared(pods, verdict))
    if groups:
        yield "security groups, by Terraform's rules"
        yield from _shown(groups)


def _pods(verdict: Verdict) -> Lines:
    reasons = verdict.explained()
    found: dict[str, list[Line]] = defaultdict(list)
    for each in verdict.matrix.open:
        reason = reasons.get((each.origin, each.target), UNMEANT)
        found[each.origin].append(Line(each.target, port.describe(each.ports), reason))
    return found


def _groups(verdict: Verdict) -> Lines:
    found: dict[str, list[Line]] = defaultdict(list)
    for way, reasons in verdict.ways.items():
        line = Line(way.target, f"{way.protocol} {way.port}", _some(reasons))
        found[way.origin].append(line)
    return found


def _some(reasons: Sequence[str]) -> str:
    more = [f"{len(reasons) - NAMED} more"] if len(reasons) > NAMED else []
    return ", ".join((*reasons[:NAMED], *more))


def _wanted(lines: Lines, origin: str | None, target: str | None) -> Lines:
    found = {
        name: [line for line in below if target in (None, line.target)]
        for name, below in lines.items()
        if origin in (None, name)
    }
    return {name: below for name, below in found.items() if below}


def _shared(lines: Lines, verdict: Verdict) -> Lines:
    """Return the lines, those that all pods have once and below one name."""
    counts = Counter(line for name in verdict.components for line in lines.get(name, ()))
    shared = [line for line, count in counts.items() if count == len(verdict.components)]
    rest = {name: [line for line in below if line not in shared] for name, below in lines.items()}
    return {EVERY_POD: shared, **rest}


def _shown(lines: Lines) -> Iterator[str]:
    """Yield lines in columns."""
    every = [line for below in lines.values() for line in below]
    target, ports = (max(map(len, column)) for column in list(zip(*every, strict=True))[:2])
    for name, below in lines.items():
        if below:
            yield f"  {name}"
        for line in below:
            yield f"    {line.target:<{target}}  {line.ports:<{ports}}  {line.reason}"
