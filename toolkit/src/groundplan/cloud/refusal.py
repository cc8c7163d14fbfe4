"""Terraform's refusal as an error of ours: its words are kept, and a hint is added."""

from collections.abc import Iterable, Sequence
from typing import Final

from groundplan.cloud import hints, lock
from groundplan.cloud.event import TEXT, Diagnostic, Event
from groundplan.errors import NotReadyError, ToolError

SHOWN: Final = 8
"""Refusals that are shown; a missing right refuses everything at once."""
LAST: Final = 20
"""Lines without a form of their own that are shown when there is nothing else."""


class Words:
    """Gathers what Terraform says of trouble while it runs."""

    def __init__(self) -> None:
        self.errors: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.state = ""
        self._text: list[str] = []

    def take(self, event: Event) -> None:
        """Keep an event that tells of trouble."""
        self.state = event.state or self.state
        if event.diagnostic:
            is_error = event.diagnostic.severity == "error"
            kept = self.errors if is_error else self.warnings
            if event.diagnostic not in kept:
                kept.append(event.diagnostic)
        elif event.kind == TEXT and event.message.strip():
            self._text.append(event.message)

    def error(self, what: str, rescued: str = "") -> ToolError | NotReadyError:
        """Return what Terraform's failure means.

        Args:
            what: what failed, for the first line: `apply of dev`.
            rescued: what became of a state that could not be written.
        """
        for diagnostic in self.errors:
            if held := lock.read(diagnostic):
                return locked(held)
        words = [str(each) for each in self.errors] or ["\n".join(self._text[-LAST:])]
        advice = rescued or _advice(words)
        return ToolError(_message(what, words), hint=advice)


def of_api(error: Exception) -> ToolError:
    """Return the error for a refusal of AWS that we asked ourselves; its words are kept."""
    return ToolError(f"AWS says: {error}", hint=_advice([str(error)]))


def locked(held: lock.Lock) -> NotReadyError:
    """Return the error that says who holds the state, and how to take the lock away."""
    hint = (
        "wait for it to end and repeat; only if nobody works there any more:"
        f" `terraform force-unlock {held.number}` in the environment's folder"
    )
    return NotReadyError(str(held), hint=hint)


def _message(what: str, words: Sequence[str]) -> str:
    lines = [f"{what} failed; Terraform says:"]
    for each in words[:SHOWN]:
        first, *rest = each.splitlines() or ["nothing"]
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    if len(words) > SHOWN:
        lines.append(f"  and {len(words) - SHOWN} more")
    return "\n".join(lines)


def _advice(words: Iterable[str]) -> str:
    """Return each hint once, in the order of the words."""
    found = [hint.advice for each in words if (hint := hints.find(each))]
    return "\n  hint: ".join(dict.fromkeys(found))
