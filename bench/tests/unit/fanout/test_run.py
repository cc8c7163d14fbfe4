"""The command's words."""

import pytest

from bench.fanout import run


def test_a_thousand_follow_in_every_plan() -> None:
    """The quick plan has fewer events, not fewer followers."""
    assert [1000, 1000] == [run.FULL.followers, run.QUICK.followers]


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not know is said with its name."""
    with pytest.raises(SystemExit):
        run.main(["--followers"])
    assert "./run bench fanout" in capsys.readouterr().err
