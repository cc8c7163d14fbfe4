"""What a month brings, from the objectives."""

import pytest

from groundplan.cost.amount import Range
from groundplan.cost.traffic import share, traffic

ONE_A_SECOND = "objectives: {api: {throughput: 1/s}}\n"


def test_requests_are_a_share_of_the_promise(platform_with) -> None:
    """One a second for 730 hours, and of that 1, 5 or 25 percent."""
    found = traffic(platform_with(ONE_A_SECOND)).requests
    assert pytest.approx((26280, 131400, 657000)) == (found.low, found.expected, found.high)


def test_bytes_follow_requests(platform_with) -> None:
    """Answers of 6 kB, 600 bytes of logs and 250 of flow logs for each expected request."""
    found = traffic(platform_with(ONE_A_SECOND))
    assert pytest.approx(0.7884) == found.answered.expected
    assert pytest.approx(0.07884) == found.logged.expected
    assert pytest.approx(0.03285) == found.flows.expected


def test_the_assumption_is_said(platform_with) -> None:
    """The shares, the rate and what they make."""
    said = traffic(platform_with(ONE_A_SECOND)).words
    assert "requests: 1%, 5% or 25% of the promised 1/s, 0.0 to 1 million a month" == said
    assert "10%, 20% or 30%" == share(Range(0.1, 0.2, 0.3))
