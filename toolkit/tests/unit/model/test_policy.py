"""Policies have defaults that are the reference architecture's figures."""

from groundplan.model.policy import Identity, Objectives


def test_defaults_are_the_reference() -> None:
    """A file that says nothing promises what the reference promises."""
    objectives = Objectives()
    assert (0.2, 2.0, 0.1, 0.01) == (
        objectives.api.latency.p95,
        objectives.page.load,
        objectives.database.latency.average,
        objectives.cache.latency.average,
    )
    assert (300.0, 28800.0, 1800.0) == (
        Identity().access_token,
        Identity().refresh_token,
        Identity().idle,
    )
