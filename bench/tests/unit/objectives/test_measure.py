"""Percentiles of what was seen."""

from bench.objectives.measure import percentile


def test_a_percentile_is_a_latency_that_was_seen() -> None:
    """Of a hundred, the 95th in order; of one, that one."""
    hundred = [each / 1000 for each in range(100, 0, -1)]
    assert [50, 95, 99] == [percentile(hundred, share) for share in (50, 95, 99)]
    assert 7 == percentile([0.007], 95)
