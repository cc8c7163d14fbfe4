"""README.txt says what is in an archive, what is not, and why."""

from groundplan.runner.export import readme


def test_it_lists_contents_secrets_and_what_is_missing():
    """Each with its count or reason."""
    taken = {"secret gateway-key": 3, "token": 0}
    text = readme.write("60 minutes", taken, ["pin"], ["logs/x: only its end"])
    for line in ("  secret gateway-key: 3", "  pin", "  logs/x: only its end"):
        assert line in text.splitlines()
    assert "token: 0" not in text
    assert "telemetry of the last 60 minutes" in text


def test_where_nothing_is_missing_it_says_so():
    """Three empty lists read as nothing."""
    assert 3 == readme.write("60 minutes", {}, [], []).count("\n  nothing\n")
