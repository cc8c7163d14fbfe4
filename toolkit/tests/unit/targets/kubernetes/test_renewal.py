"""Programs that read a secret once are started anew when it changes."""

import pytest

from groundplan.targets.kubernetes import renewal


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ("frontend", "frontend-tls"),
        ("gateway", "gateway-secrets"),
        ("backend", "backend-secrets,backend-tls"),
        ("cache", "cache-secrets,cache-tls"),
    ],
)
def test_what_is_read_at_the_start_is_watched(reference, placement, component, expected):
    """Envoy takes certificates up while it runs; all others are started anew."""
    found = renewal.annotations(reference, placement, component)
    assert {renewal.RELOAD: expected} == found


def test_who_reads_no_secret_is_left_alone(reference, in_cluster):
    """Without encryption the frontend has nothing to watch."""
    assert {} == renewal.annotations(reference, in_cluster(reference, encrypted=False), "frontend")
