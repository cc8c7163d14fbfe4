"""What took longest is named by its own time."""

from groundplan.runner.startup import slowest
from groundplan.runner.startup.trace import NANO, Span, Trace
from groundplan.runner.startup.way import GATE


def add(trace: Trace, name: str, length: float, parent: Span | None = None, gate: str = ""):
    """Add a span of some seconds."""
    span = trace.begin(name, {GATE: gate} if gate else {}, parent)
    span.end = span.start + int(length * NANO)
    return span


def test_waits_are_not_its_own_time():
    """A replica that waited for a gate was not slow itself; the gate was."""
    trace = Trace("up")
    backend = add(trace, "start backend-1", 9)
    add(trace, "wait migrate", 7, backend, "migrate")
    add(trace, "attempt", 2, backend)
    migrate = add(trace, "gate migrate", 7, gate="migrate")
    add(trace, "wait database", 3, migrate, "database")
    add(trace, "render", 8)
    assert [("migrate", 4.0), ("backend-1", 2.0)] == slowest.names(trace)


def test_only_few_are_named():
    """The longest come first, and what is quick is not worth a word."""
    trace = Trace("up")
    for number, length in enumerate((1, 4, 0.01, 3, 2)):
        add(trace, f"start web-{number}", length)
    assert ["web-1", "web-3", "web-4"] == [name for name, _ in slowest.names(trace)]


def test_a_start_that_goes_on_has_a_length():
    """Up to now, without an end."""
    assert 0 <= slowest.seconds(Trace("up"))
