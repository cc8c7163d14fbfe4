"""How calls are bounded where the file says nothing."""

from groundplan.model.resilience import Resilience


def test_defaults_end_within_a_minute() -> None:
    """Three tries of the default time-out and their pauses fit into what a person waits."""
    retries = Resilience().retries
    took = (retries.attempts + 1) * Resilience().timeout + retries.attempts * retries.backoff.max
    assert took < 60
