"""From what followers noted to milliseconds."""

import pytest

from bench.fanout.client import Follower
from bench.fanout.measure import delays


def test_a_delay_counts_from_the_request_that_made_the_event() -> None:
    """One figure a follower."""
    followers = [Follower(b"", [b'"v-1"']) for _ in range(2)]
    followers[0].seen[b'"v-1"'] = 10.5
    followers[1].seen[b'"v-1"'] = 12.0
    assert pytest.approx([500, 2000]) == delays(followers, "v-1", 10.0)
