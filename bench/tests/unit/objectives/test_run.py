"""What the command takes from the platform file."""

import pytest

from bench.objectives import run


def test_the_files_own_objectives_are_what_is_held() -> None:
    """The rate, the latencies and the connections that the platform file promises."""
    found = run.promised()
    assert 10_000 == pytest.approx(found.api.throughput * 60)
    assert [0.2, 0.1, 0.01] == pytest.approx(
        [found.api.latency.p95, found.database.latency.average, found.cache.latency.average]
    )
    assert 100 == found.database.connections
