"""Durations are counted in buckets from which shares can be read."""

import pytest

from groundplan_telemetry.traces import duration


@pytest.mark.parametrize("microseconds", [11, 250, 1_000, 123_456, 10_000_000])
def test_a_quantile_is_exact_to_the_width_of_a_bucket(microseconds):
    """Of equal durations every share lies within a quarter of them."""
    found = duration.quantile({duration.bucket(microseconds): 9}, 0.95)
    assert microseconds == pytest.approx(found, rel=0.26)


def test_a_share_of_different_durations_is_found():
    """95 of 100 fast ones hide five slow ones from the 95th, not from the 99th."""
    buckets = {duration.bucket(1_000): 96, duration.bucket(1_000_000): 4}
    assert duration.quantile(buckets, 0.95) < 1_300
    assert duration.quantile(buckets, 0.99) > 700_000


def test_nothing_has_no_quantile():
    """Of no durations the share is nothing."""
    assert 0.0 == duration.quantile({}, 0.95)
    assert 0 == duration.bucket(0)
