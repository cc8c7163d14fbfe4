"""What a request waits for: every operation of PostgreSQL and Redis is timed, and told its trace.

An operation of a request that is not sampled costs a reading of the clock and one count.
"""

import time
from typing import Final

from groundplan_contracts.durations import Durations, DurationsFamily
from groundplan_contracts.tracing.span import Kind
from groundplan_contracts.tracing.trace import current

NAME: Final = "db_client_operation_duration_seconds"
_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class Calls:
    """Counts operations by system, kind and failure, and adds spans to sampled requests."""

    def __init__(self) -> None:
        self.family = DurationsFamily(
            NAME,
            "Time until a store answered one operation.",
            ("system", "operation", "error_type"),
            _BOUNDS,
        )
        self._children: dict[tuple[str, str, str], Durations] = {}

    def note(
        self, system: str, operation: str, summary: str, started: float, error: str = ""
    ) -> None:
        """Take an operation that ends now; `started` is a reading of `time.perf_counter()`.

        `summary` names the operation in a trace, in a few words that hold no value.
        """
        key = (system, operation, error)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self.family.child(key)
        child.observe(time.perf_counter() - started)
        trace = current.get()
        if trace is not None:
            attributes = {"db.system.name": system, "db.operation.name": operation}
            if summary != operation:
                attributes["db.query.summary"] = summary
            trace.call(summary, Kind.CLIENT, started, {**attributes}, error)


def kind_of(error: BaseException) -> str:
    """Return what `error.type` says of a failure: PostgreSQL's code, or the exception's name."""
    state = getattr(error, "sqlstate", None)
    return str(state) if state else type(error).__name__
