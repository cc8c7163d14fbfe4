"""The words of the command."""

import pytest

from bench.arrival import run
from bench.arrival.measure import LOADED, REST, Arrival, Outcome, Plan
from bench.stack import BenchError


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not know is said with its name."""
    with pytest.raises(SystemExit):
        run.main(["--traces"])
    assert "./run bench arrival" in capsys.readouterr().err


def test_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run shows them and keeps nothing."""
    found = Outcome([Arrival(REST, 0.5), Arrival(LOADED, 0.7)], [])
    assert 0 == run._conclude({}, Plan(1, 60), found, dry=True)
    assert "| at rest | 1 | 0.50 | 0.50 |" in capsys.readouterr().out


def test_a_failed_request_makes_the_run_invalid() -> None:
    """Nothing is shown of it."""
    with pytest.raises(BenchError, match="answered 503"):
        run._conclude({}, Plan(1, 60), Outcome([], ["list: answered 503"]), dry=True)
