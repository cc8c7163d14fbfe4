"""How far Terraform is: events in, counts and the name of the slowest resource out."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from groundplan.cloud.event import Event

STEPS: Final = {"create": 1, "update": 1, "delete": 1, "replace": 2, "remove": 1}
"""Steps that a planned change takes when it is applied; a replaced resource goes and comes."""


@dataclass(slots=True)
class Progress:
    """The state of one command, told event by event. Times are seconds of `clock`."""

    clock: Callable[[], float] = time.monotonic
    total: int = 0
    """Steps that are to be done."""
    done: int = 0
    failed: int = 0
    read: int = 0
    """Resources whose real state was read."""
    began: float = 0.0
    under_way: dict[str, float] = field(default_factory=dict)
    """When each resource that is worked on was begun, the oldest first."""

    def __post_init__(self) -> None:
        self.began = self.clock()

    def take(self, event: Event) -> None:
        """Take one event in."""
        if event.kind == "planned_change":
            self.total += STEPS.get(event.action, 0)
        elif event.kind == "refresh_complete":
            self.read += 1
        elif event.kind == "apply_start" and event.action in STEPS:
            self.under_way.setdefault(event.address, self.clock())
        elif event.kind in ("apply_complete", "apply_errored"):
            self._end(event)

    def _end(self, event: Event) -> None:
        self.under_way.pop(event.address, None)
        if event.action in STEPS:
            self.done += event.kind == "apply_complete"
            self.failed += event.kind == "apply_errored"

    @property
    def elapsed(self) -> float:
        """Seconds since the command began."""
        return self.clock() - self.began

    @property
    def slowest(self) -> tuple[str, float] | None:
        """The resource that is under way for longest, and for how many seconds."""
        for address, since in self.under_way.items():
            return address, self.clock() - since
        return None
