"""The simulator's environment is made once, as a whole, and its failure says why."""

import sys

import pytest

from groundplan.errors import MachineError, ToolError
from groundplan.tools import packages, simulator

MAKE = "import pathlib, sys; pathlib.Path(sys.argv[1], 'bin').mkdir(parents=True)"


@pytest.fixture
def lock(tmp_path):
    """Return a lock of no packages."""
    path = tmp_path / "simulator.lock"
    path.write_text("moto==5.2.5\n")
    return path


@pytest.fixture
def install(monkeypatch):
    """Return what says how installing goes; counts how often it is done."""
    ran: list[str] = []

    def set_code(code: str) -> list[str]:
        def words(python, given):
            ran.append(python)
            return [sys.executable, "-c", code]

        monkeypatch.setattr(packages, "install", words)
        monkeypatch.setattr(
            packages, "make_environment", lambda folder: [sys.executable, "-c", MAKE, folder]
        )
        return ran

    return set_code


def test_it_is_made_once(tmp_path, lock, install):
    """A second asking installs nothing."""
    ran = install("")
    first = simulator.environment(tmp_path / "made", lock)
    assert tmp_path / "made" / simulator.digest(lock) / "bin" / "python" == first
    assert first == simulator.environment(tmp_path / "made", lock)
    assert 1 == len(ran)


def test_another_lock_is_another_environment(tmp_path, lock, install):
    """What was installed for earlier packages is not used for later ones."""
    ran = install("")
    first = simulator.environment(tmp_path / "made", lock)
    lock.write_text("moto==6\n")
    assert first != simulator.environment(tmp_path / "made", lock)
    assert 2 == len(ran)


def test_a_failed_installation_leaves_nothing_that_looks_whole(tmp_path, lock, install):
    """The installer's last words are kept, and the next asking tries again."""
    install("import sys; sys.exit('no route to the package index')")
    with pytest.raises(ToolError, match=r"no route to the package index\n.*connection"):
        simulator.environment(tmp_path / "made", lock)
    ran = install("")
    simulator.environment(tmp_path / "made", lock)
    assert 2 == len(ran)


def test_a_folder_that_cannot_be_written_is_said(tmp_path, lock, install):
    """The machine's refusal is named, not the installer's."""
    install("")
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="file/made cannot be written: Not a directory"):
        simulator.environment(tmp_path / "file" / "made", lock)
