"""Two workers share the tests; what needs quiet is run by one of them when the other has gone."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.quiet import QUIET, TOGETHER, scope, turn

ROOT = Path(__file__).parents[3]
NOTED = """\
import os, pathlib, time, pytest

def note(word):
    with open({notes!r}, "a") as notes:
        notes.write(f"{name} {{os.getpid()}} {{word}}\\n")

@pytest.fixture(scope="session", autouse=True)
def server():
    note("begins")
    yield
    note("ends")

@pytest.mark.parametrize("number", range(3))
def test_one(number):
    note("runs")
    time.sleep(0.05)
"""
"""A file of tests that writes down who ran it, when its server began, and when that ended."""
QUIET_FILE = "tests/stack/test_quiet.py"
FILES = ("tests/cloud/test_a.py", "tests/quality/test_b.py", "toolkit/test_c.py", QUIET_FILE)


def _run(folder: Path, files: tuple[str, ...]) -> tuple[int, list[list[str]]]:
    """Run files of noted tests with two workers; return the exit code and the notes."""
    notes = folder / "notes"
    for each in files:
        file = folder / each
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(NOTED.format(notes=str(notes), name=each))
    words = ["-p", "xdist", "-p", "tests.quiet", "-n", "2", "--no-loadscope-reorder", "-q", "."]
    words += ["--import-mode=importlib", "-p", "no:cacheprovider", "-c", os.devnull]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--rootdir", str(folder), *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    written = notes.read_text().splitlines() if notes.exists() else [done.stdout + done.stderr]
    return done.returncode, [line.split() for line in written]


def test_the_quiet_ones_are_alone(tmp_path: Path) -> None:
    """One worker runs them, after all others, when the other has ended its servers and itself."""
    code, notes = _run(tmp_path, FILES)
    assert 0 == code, notes
    assert dict.fromkeys(FILES, 3) == Counter(note[0] for note in notes if note[2] == "runs")
    first = next(at for at, note in enumerate(notes) if note[0] == QUIET_FILE)
    quiet = {note[1] for note in notes if note[0] == QUIET_FILE}
    others = {note[1] for note in notes if note[0] != QUIET_FILE} - quiet
    assert (1, 1) == (len(quiet), len(others))
    assert all(note[1] in quiet for note in notes[first:])
    assert {QUIET_FILE} == {note[0] for note in notes[first:] if note[2] == "runs"}


@pytest.mark.parametrize("files", [(QUIET_FILE,), ("toolkit/test_c.py", QUIET_FILE)])
def test_few_files_are_all_run(tmp_path: Path, files: tuple[str, ...]) -> None:
    """Fewer files than workers leave no test out."""
    code, notes = _run(tmp_path, files)
    assert (0, 3 * len(files)) == (code, sum(note[2] == "runs" for note in notes))
    assert QUIET_FILE == notes[-1][0]


def test_nothing_to_run_is_no_success(tmp_path: Path) -> None:
    """Without a test the exit code is pytest's own for that."""
    assert 5 == _run(tmp_path, ())[0]


def test_what_waits_for_one_apply_is_one_piece() -> None:
    """Judges of files and of the simulated account go to one worker, before all others."""
    names = [f"{place}test_x.py::test_y[::]" for place in (*TOGETHER, "toolkit/", "tests/stack/")]
    assert [0, 0, 1, 2] == [turn(name) for name in names]
    assert scope(names[0]) == scope(names[1])
    assert "toolkit/test_x.py" == scope(names[2])


def test_every_place_is_there() -> None:
    """A file that was renamed would lose its quiet."""
    assert [] == [place for place in (*TOGETHER, *QUIET) if not (ROOT / place).exists()]
