"""A batch holds what can be kept, and counts what cannot by its reason."""

from groundplan_telemetry.otlp.batch import EARLY, FUTURE, MALFORMED, TOO_OLD, Batch


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
