"""A trace holds what was done, how long, and below what."""

import time

import pytest

from groundplan.errors import ToolError
from groundplan.runner.startup import trace
from groundplan.runner.startup.trace import Trace, step


@pytest.fixture
def entered():
    """Return a trace into which work is written, until the test ends."""
    made = Trace("up")
    token = trace._current.set(trace.Place(made, made.root))
    yield made
    trace._current.reset(token)


def named(found: Trace):
    """Return the spans by name."""
    return {each.name: each for each in found.spans}


def test_steps_stand_within_each_other(entered):
    """A step in a step is its child; one that others wait for too stands below the root."""
    with step("gate data"), step("wait database"), step("find postgres", top=True):
        pass
    spans = named(entered)
    assert spans["gate data"].span_id == spans["wait database"].parent_id
    assert entered.root.span_id == spans["gate data"].parent_id
    assert entered.root.span_id == spans["find postgres"].parent_id
    assert "" == entered.root.parent_id


def test_a_step_ends_when_its_work_does(entered):
    """Begin and end are times of day, one after the other, within the parent's."""
    before = time.time_ns()
    with step("check"):
        pass
    span = named(entered)["check"]
    assert entered.root.start <= span.start <= span.end
    assert abs(span.start - before) < 1_000_000_000


def test_what_fails_is_marked_and_goes_on(entered):
    """An error is written with its kind and words, without the hint, and raised."""
    with pytest.raises(ToolError), step("find envoy"):
        raise ToolError("no Envoy here", hint="install it")
    span = named(entered)["find envoy"]
    assert ("ToolError", "no Envoy here") == (span.error, span.message)


def test_where_nobody_writes_a_step_is_nothing():
    """Without a trace, and after its end, work goes on as ever."""
    assert trace.current() is None
    with step("check"):
        pass


def test_what_comes_after_the_end_is_left_out(entered):
    """An ended trace does not change, and what still went on in it says so."""
    entered.begin("start backend-1")
    entered.close("not_ready")
    with step("late"):
        pass
    assert trace.current() is None
    assert ["up", "start backend-1"] == [each.name for each in entered.spans]
    assert ["not_ready", "unfinished"] == [each.error for each in entered.spans]


def test_a_trace_is_bounded(entered):
    """Spans beyond the limit are counted, not kept."""
    for _ in range(trace.MOST + 4):
        entered.begin("attempt")
    entered.close()
    assert trace.MOST == len(entered.spans)
    assert 5 == entered.root.attributes[trace.DROPPED]


def test_words_of_a_failure_are_bounded(entered):
    """A program that says much fills no trace."""
    span = entered.begin("attempt")
    entered.end(span, "exited", "x" * 1000)
    assert trace.LONGEST == len(span.message)


def test_the_program_began_before_now():
    """The start of this program lies in the past."""
    assert trace.program_start() <= time.time_ns()


def test_who_is_not_waited_for_is_no_error(entered):
    """A start that went well may end before the store has come up; that is marked."""
    span = entered.begin("start telemetry-1")
    entered.close()
    assert ("", True) == (span.error, span.attributes[trace.GOES_ON])
