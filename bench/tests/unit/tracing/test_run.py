"""The command's words and plans."""

import pytest

from bench.tracing import run
from bench.tracing.measure import DOORS


def test_every_door_has_every_place_as_often() -> None:
    """In each start of the processes; and there are enough of these to tell them apart."""
    assert run.FULL.runs >= 5
    assert 0 == run.FULL.blocks % (2 * len(DOORS))
    assert run.QUICK.runs == 1


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not know is said with its name."""
    with pytest.raises(SystemExit):
        run.main(["--rounds"])
    assert "./run bench tracing" in capsys.readouterr().err
