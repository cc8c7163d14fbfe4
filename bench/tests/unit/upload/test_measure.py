"""Samples of one way of a file."""

from bench.upload.measure import UP, Sample


def test_megabytes_a_second_are_of_ten_to_the_sixth() -> None:
    """As the promise counts them."""
    assert 200.0 == Sample(UP, "ours", 1, 1000.0, 5.0, {}, 0.0).per_second
