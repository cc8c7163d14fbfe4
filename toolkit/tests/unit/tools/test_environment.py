"""An environment is made once, as a whole, and its failure says why."""

import sys

import pytest

from groundplan.errors import MachineError, ToolError
from groundplan.tools import environment, packages

MAKE = "import pathlib, sys; pathlib.Path(sys.argv[1], 'bin').mkdir(parents=True)"


@pytest.fixture
def lock(tmp_path):
    """Return a lock that nothing is installed of."""
    path = tmp_path / "simulator.lock"
    path.write_text("moto==5.2.5\n")
    return path


@pytest.fixture
def python(tmp_path, lock):
    """Return what makes its environment."""
    return lambda: environment.python("simulator", tmp_path / "made", tmp_path)


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


def test_it_is_made_once(tmp_path, lock, install, python):
    """A second asking installs nothing."""
    ran = install("")
    first = python()
    assert tmp_path / "made/simulator" / environment.digest(lock) / "bin" / "python" == first
    assert first == python()
    assert 1 == len(ran)


def test_another_lock_is_another_environment(tmp_path, lock, install, python):
    """What was installed for earlier packages is not used for later ones."""
    ran = install("")
    first = python()
    lock.write_text("moto==6\n")
    assert first != python()
    assert 2 == len(ran)


def test_a_failed_installation_leaves_nothing_that_looks_whole(tmp_path, lock, install, python):
    """The installer's last words are kept, and the next asking tries again."""
    install("import sys; sys.exit('no route to the package index')")
    with pytest.raises(
        ToolError,
        match=r"simulator.lock cannot .*no route to .*\n.*connection",
    ):
        python()
    ran = install("")
    python()
    assert 2 == len(ran)


def test_a_folder_that_cannot_be_written_is_said(tmp_path, lock, install, python):
    """The machine's refusal is named, not the installer's."""
    install("")
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="file/simulator cannot be written: Not a directory"):
        environment.python("simulator", tmp_path / "file", tmp_path)
