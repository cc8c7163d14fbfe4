"""What every comparison shares."""

import pytest

from bench import command
from bench.stack import BenchError


def test_an_invalid_run_exits_with_three_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of such a run are never printed."""

    def compare() -> int:
        raise BenchError("requests failed")

    assert 3 == command.guarded(compare)
    said = capsys.readouterr()
    assert ("", "bench: requests failed\n") == (said.out, said.err)


def test_every_comparison_knows_the_same_words() -> None:
    """A quick and a dry one, and where our stack listens."""
    words = command.parser("./run bench x", "what", "less").parse_args(["--quick", "--dry"])
    assert (True, True, None) == (words.quick, words.dry, words.port_base)
