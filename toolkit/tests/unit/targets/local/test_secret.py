"""Secrets are not shown by accident."""


def test_a_printed_secret_shows_nothing(secrets):
    """No password or key is in the text form."""
    assert "Secrets()" == repr(secrets)
