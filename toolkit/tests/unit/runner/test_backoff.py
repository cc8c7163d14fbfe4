"""Pauses grow, are capped and are forgotten."""

from groundplan.runner.backoff import Backoff


def test_pauses_double_up_to_the_most():
    """Each failure doubles the pause, with jitter of half, up to ten seconds."""
    backoff = Backoff()
    pauses = [backoff.failed() for _ in range(12)]
    for index, pause in enumerate(pauses):
        whole = min(10.0, 0.2 * 2**index)
        assert whole / 2 <= pause <= whole


def test_success_begins_anew():
    """After good times the first pause is short again."""
    backoff = Backoff(failures=9)
    backoff.succeeded()
    assert backoff.failed() <= 0.2
