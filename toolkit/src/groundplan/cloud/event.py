"""What Terraform tells while it works: its `-json` lines, one event each.

Lines that are not JSON (an old plugin, a panic) are kept as events of kind `text`, so that no
word of Terraform's is lost.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final

TEXT: Final = "text"
INTERRUPT: Final = "interrupt"
"""Not Terraform's: somebody asked it to end."""
TICK: Final = "tick"
"""Not Terraform's: nothing was told for a moment, time goes on."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An error or a warning in Terraform's own words."""

    severity: str
    summary: str
    detail: str = ""
    address: str = ""

    def __str__(self) -> str:
        where = f"{self.address}: " if self.address else ""
        detail = f"\n{self.detail.rstrip()}" if self.detail.strip() else ""
        return f"{where}{self.summary}{detail}"


@dataclass(frozen=True, slots=True)
class Event:
    """One line: its kind (`planned_change`, `apply_start` ...) and what it is about."""

    kind: str
    address: str = ""
    action: str = ""
    message: str = ""
    diagnostic: Diagnostic | None = None
    state: str = field(default="", repr=False)
    """The whole state, which Terraform tells only where it can write it nowhere."""


def parse(line: str) -> Event:
    """Return the event of a line."""
    try:
        value = json.loads(line)
    except ValueError:
        return Event(TEXT, message=line.rstrip())
    if not isinstance(value, dict):
        return Event(TEXT, message=line.rstrip())
    about = value.get("hook") or value.get("change") or {}
    return Event(
        kind=str(value.get("type", TEXT)),
        address=str(about.get("resource", {}).get("addr", "")),
        action=str(about.get("action", "")),
        message=str(value.get("@message", "")),
        diagnostic=_diagnostic(value.get("diagnostic")),
        state=json.dumps(value["state"], indent=2) if value.get("state") else "",
    )


def _diagnostic(value: Any) -> Diagnostic | None:
    if not isinstance(value, dict):
        return None
    names = ("severity", "summary", "detail", "address")
    return Diagnostic(**{name: str(value.get(name) or "") for name in names})
