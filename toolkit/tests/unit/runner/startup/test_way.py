"""A replica's way to being ready shows its waits and its tries."""

import pytest

from groundplan.runner.startup import way
from groundplan.runner.startup.trace import Trace
from groundplan.runner.startup.way import Way


@pytest.fixture
def walked():
    """Return a trace, a way in it, and how often the way ended."""
    trace, ends = Trace("up"), []
    return trace, Way(trace, trace.begin("start web-1"), lambda: ends.append(1)), ends


def test_waits_and_tries_stand_below_it(walked):
    """The gate, each try with its process and how it ended, and the last that was well."""
    trace, found, ends = walked
    with found.waiting("migrate"):
        pass
    found.tries()
    found.spawned(7)
    found.failed("exited with code 1", 1)
    found.tries()
    found.spawned(8)
    found.arrived()
    _, whole, wait, first, second = trace.spans
    assert {whole.span_id} == {each.parent_id for each in (wait, first, second)}
    assert ("wait migrate", {way.GATE: "migrate"}) == (wait.name, wait.attributes)
    assert {way.ATTEMPTS: 1, way.PID: 7, way.EXIT_CODE: 1} == first.attributes
    assert ("exited", "exited with code 1") == (first.error, first.message)
    assert ("", 2, [1]) == (second.error, whole.attributes[way.ATTEMPTS], ends)
    assert second.end <= whole.end


@pytest.mark.parametrize(("code", "kind"), [(None, "not_started"), (1, "exited"), (-9, "SIGKILL")])
def test_kinds_of_failures_are_few(walked, code, kind):
    """By signal, by code, or neither."""
    trace, found, _ = walked
    found.tries()
    found.failed("it ended", code)
    assert kind == trace.spans[-1].error


def test_one_that_is_stopped_says_so(walked):
    """Way and try end as stopped."""
    trace, found, ends = walked
    found.tries()
    found.stopped()
    assert ["stopped", "stopped"] == [each.error for each in trace.spans[1:]]
    assert [1] == ends


def test_a_failure_before_any_try_is_nothing(walked):
    """Nothing is written when no try was begun."""
    trace, found, _ = walked
    found.failed("no")
    assert 2 == len(trace.spans)


def test_one_that_runs_already_is_told(walked):
    """An adopted process is named on the way itself."""
    trace, found, _ = walked
    found.adopted(9)
    assert {way.ADOPTED: True, way.PID: 9} == trace.spans[1].attributes
