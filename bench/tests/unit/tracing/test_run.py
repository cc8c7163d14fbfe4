"""The command's words and plans."""

import pytest

from bench.tracing import run
from bench.tracing.measure import SIDES


def test_sides_are_started_anew() -> None:
    """Two processes of one program differ; and every side comes first as often as the others."""
    assert run.FULL.runs >= 5
    assert 0 == run.FULL.runs % len(SIDES)
    assert run.QUICK.runs == 1


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not know is said with its name."""
    with pytest.raises(SystemExit):
        run.main(["--rounds"])
    assert "./run bench tracing" in capsys.readouterr().err
