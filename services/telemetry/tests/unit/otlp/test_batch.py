"""A batch holds what can be kept, and counts what cannot by its reason."""

from groundplan_telemetry.otlp import batch as batches
from groundplan_telemetry.otlp.batch import EARLY, FUTURE, MALFORMED, QUEUE_FULL, TOO_OLD, Batch


def test_what_cannot_be_kept_is_counted_by_reason(span, now):
    """The rest of a request is taken all the same."""

    def make(start):
        if start is None:
            raise ValueError("none")
        return span(start=start)

    batch = Batch()
    batch.take([now, None, now - 20_000_000, now + 2 * EARLY], make, keep=10.0)
    assert 1 == len(batch.records)
    assert {MALFORMED: 1, TOO_OLD: 1, FUTURE: 1} == dict(batch.rejected)
    assert 4 == batch.count


def test_a_line_has_a_time_of_its_own(line, now):
    """Lines are judged by when they were written."""
    batch = Batch()
    batch.take([now, 0], lambda at: line(time=at), keep=10.0)
    assert (1, {TOO_OLD: 1}) == (len(batch.records), dict(batch.rejected))


def test_no_more_is_looked_at_than_memory_has_room_for(line, now, monkeypatch):
    """A request of millions of records holds nobody up; what is left out is counted."""
    monkeypatch.setattr(batches, "MOST", 3)
    seen = []
    batch = Batch()
    for given in ([1, 2], [3, 4, 5], [6]):
        batch.take(given, lambda each: seen.append(each) or line(time=now), keep=10.0)
    assert ([1, 2, 3], {QUEUE_FULL: 3}, 6) == (seen, dict(batch.rejected), batch.count)


def test_a_record_too_deep_to_be_read_costs_itself_alone(line, now):
    """What is nested without end is malformed; the others of its request are kept."""

    def make(given):
        return make(given) if given else line(time=now)

    batch = Batch()
    batch.take([True, False], make, keep=10.0)
    assert (1, {MALFORMED: 1}) == (len(batch.records), dict(batch.rejected))
