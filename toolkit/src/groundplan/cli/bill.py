"""What a plan does to the monthly bill: the estimate of the file against that of the last apply.

The last apply's estimate is kept line by line beside Terraform's working data.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.text import Text

from groundplan import cost
from groundplan.cost import page
from groundplan.model.platform import Platform

KEPT: Final = "bill.json"
SHOWN: Final = 5
"""Lines of the bill that are named, those that change most."""
CENT: Final = 0.01

Lines = Mapping[str, float]
"""US dollars a month that are expected, by component and name."""


def estimate(platform: Platform, environment: str) -> cost.Bill:
    """Return today's estimate of an environment."""
    return cost.estimate(platform, environment, datetime.now(UTC).date())


def describe(bill: cost.Bill, data: Path) -> Iterator[Text]:
    """Yield the bill in words, and what changes since the last apply from this machine."""
    yield Text(f"bill: {page.summary(bill)}")
    before = _read(data)
    if before is None:
        return
    after = _lines(bill)
    names = {**after, **before}
    changes = {name: after.get(name, 0.0) - before.get(name, 0.0) for name in names}
    yield Text(f"bill: {_words(sum(changes.values()))} since the last apply", style="bold")
    most = sorted(changes.items(), key=lambda change: -abs(change[1]))[:SHOWN]
    for name, change in most:
        if abs(change) >= CENT:
            yield Text(f"  {name}: {_words(change)}")


def keep(bill: cost.Bill, data: Path) -> None:
    """Remember a bill as that of the last apply."""
    data.mkdir(parents=True, exist_ok=True)
    (data / KEPT).write_text(json.dumps(_lines(bill), indent=2), encoding="utf-8")


def _lines(bill: cost.Bill) -> dict[str, float]:
    lines: dict[str, float] = {}
    for line in bill.lines:
        name = f"{line.component} {line.name}"
        lines[name] = lines.get(name, 0.0) + line.cost.expected
    return lines


def _read(data: Path) -> Lines | None:
    try:
        found: Lines = json.loads((data / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _words(change: float) -> str:
    if abs(change) < CENT:
        return "no change"
    return f"{abs(change):,.2f} USD a month {'more' if change > 0 else 'less'}"
