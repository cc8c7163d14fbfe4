"""The context of a trace as it travels: W3C's `traceparent`, read with suspicion, and new ids."""

import random
import re
from typing import Final, NamedTuple

HEADER: Final = "traceparent"
SAMPLED: Final = 1
_FORM: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})"
)
# Ids tell spans apart and open nothing: a generator of secrets would cost a system call each.
_chance: Final = random.Random().getrandbits  # noqa: S311


class Context(NamedTuple):
    """Where a request stands in a trace: the span that called, and whether it is kept."""

    trace_id: str
    span_id: str
    is_sampled: bool

    def header(self) -> str:
        """Return the `traceparent` to send on."""
        return f"00-{self.trace_id}-{self.span_id}-0{int(self.is_sampled)}"


def read(header: str | bytes | None) -> Context | None:
    """Return what a `traceparent` says, nothing when it is none of W3C's."""
    if not header:
        return None
    text = header.decode("latin-1") if isinstance(header, bytes) else header
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    trace_id, span_id, flags = found.groups()
    return Context(trace_id, span_id, bool(int(flags, 16) & SAMPLED))


def new_trace_id() -> str:
    """Draw the id of a trace."""
    return f"{_chance(128) or 1:032x}"


def new_span_id() -> str:
    """Draw the id of a span."""
    return f"{_chance(64) or 1:016x}"
