"""Commands are measured as a whole, and a failing one ends the measurement."""

import sys
from pathlib import Path

import pytest

from bench.render import measure
from bench.stack import BenchError

BUSY = "import sys, time; from pathlib import Path; Path(sys.argv[-1], 'out').touch()\n"
BUSY += "while time.process_time() < 0.05: pass"


def work(program: str, tmp_path: Path) -> measure.Work:
    """Return work whose sides both run a little program."""
    command = [sys.executable, "-c", program, "out"]
    return measure.Work(3, tmp_path / "platform.yaml", {"theirs": command}, 0)


def test_processor_time_of_a_command_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a child spends counts, in each of the rounds."""
    monkeypatch.setattr(measure, "SIDES", ("theirs",))
    said: list[str] = []
    samples = measure.measure(work(BUSY, tmp_path), 2, said.append)
    assert [(3, "theirs", 1), (3, "theirs", 2)] == [
        (each.services, each.side, each.round) for each in samples
    ]
    assert all(each.cpu >= 0.05 for each in samples)
    assert 2 == len(said)


def test_a_failing_side_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are repeated."""
    monkeypatch.setattr(measure, "SIDES", ("theirs",))
    with pytest.raises(BenchError, match="broken"):
        measure.measure(work("raise SystemExit('broken')", tmp_path), 1, lambda _: None)
