"""The simulator's own Python: a virtual environment of requirements/simulator.lock, made once.

It is used only by `--simulate` and by tests, so it is made when first asked for, below
`.groundplan/simulator/`, in a folder named after the lock and our Python. A folder there is
whole: it is made under another name, by one process at a time, and then renamed.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from groundplan.errors import MachineError, ToolError
from groundplan.tools import packages

ROOT: Final = Path(__file__).resolve().parents[4]
LOCK: Final = ROOT / "requirements" / "simulator.lock"
FOLDER: Final = ROOT / ".groundplan" / "simulator"
PATIENCE: Final = 600
"""Seconds that making an environment, or installing into it, may take."""
LAST_WORDS: Final = 3
"""Lines of an installer's that an error repeats."""


def environment(folder: Path = FOLDER, lock: Path = LOCK) -> Path:
    """Return the interpreter that has the simulator's packages, making it on first use.

    Args:
        folder: holds the environments of all locks.
        lock: the packages, each with its hashes.

    Raises:
        ToolError: the packages cannot be installed; repeats the installer's last words.
        MachineError: the folder cannot be written.
    """
    made = folder / digest(lock)
    if not made.is_dir():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _alone(folder):
                if not made.is_dir():
                    _make(made, lock)
        except OSError as error:
            raise MachineError(f"{folder} cannot be written: {error.strerror}") from None
    return made / "bin" / "python"


def digest(lock: Path) -> str:
    """Return what an environment is named after: its packages and the Python below it."""
    text = f"{sys.version}\0{sys.base_prefix}\0".encode() + lock.read_bytes()
    return hashlib.sha256(text).hexdigest()[:16]


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock that the kernel gives back when its holder is gone."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make(made: Path, lock: Path) -> None:
    """Make the environment beside its place, then move it there."""
    part = made.with_name(f"{made.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    _run(packages.make_environment(str(part)))
    words = ["--require-hashes", "--quiet", "-r", str(lock)]
    _run(packages.install(str(part / "bin" / "python"), words))
    part.rename(made)


def _run(words: Sequence[str]) -> None:
    try:
        ran = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise _failed(f"{Path(words[0]).name} took over {PATIENCE} s") from None
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines()[-LAST_WORDS:]
        raise _failed("; ".join(line.strip() for line in said) or f"exit code {ran.returncode}")


def _failed(why: str) -> ToolError:
    return ToolError(
        f"the simulator's packages cannot be installed: {why}",
        hint="it takes a connection to your package index once; then run this again",
    )
