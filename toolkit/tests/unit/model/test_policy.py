"""Policies have defaults that are the reference architecture's figures."""

from groundplan.model.policy import Identity, Mfa, Objectives


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


def test_administrators_need_a_second_factor_unless_the_file_says_otherwise() -> None:
    """The roles that must have one stand in the setting that the backend reads."""
    assert ["administrator"] == Identity().mfa.required_for
    relaxed = Mfa(administrator="optional", viewer="required")
    assert ["viewer"] == Identity(mfa=relaxed, step_up=60.0).mfa.required_for
