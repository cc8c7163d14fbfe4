"""Virtual environments of our own locks, each made once: the simulator's, the scanner's.

Only `--simulate` and tests use them, so each is made when first asked for, below `.groundplan/`,
in a folder named after its lock and our Python. A folder there is whole: it is made under another
name, by one process at a time, and then renamed.
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
LOCKS: Final = ROOT / "requirements"
FOLDER: Final = ROOT / ".groundplan"
PATIENCE: Final = 600
"""Seconds that making an environment, or installing into it, may take."""
LAST_WORDS: Final = 3
"""Lines of an installer's that an error repeats."""


def python(name: str, folder: Path = FOLDER, locks: Path = LOCKS) -> Path:
    """Return the interpreter that has the packages of a lock, making it on first use.

    Args:
        name: of the lock, `requirements/<name>.lock`: simulator or scan.
        folder: holds a folder for each lock.
        locks: holds the locks, which name each package with its hashes.

    Raises:
        ToolError: the packages cannot be installed; repeats the installer's last words.
        MachineError: the folder cannot be written.
    """
    lock, place = locks / f"{name}.lock", folder / name
    made = place / digest(lock)
    if not made.is_dir():
        try:
            place.mkdir(parents=True, exist_ok=True)
            with _alone(place):
                if not made.is_dir():
                    _make(made, lock)
        except OSError as error:
            raise MachineError(f"{place} cannot be written: {error.strerror}") from None
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
    _run(packages.make_environment(str(part)), lock)
    words = ["--require-hashes", "--quiet", "-r", str(lock)]
    _run(packages.install(str(part / "bin" / "python"), words), lock)
    part.rename(made)


def _run(words: Sequence[str], lock: Path) -> None:
    try:
        ran = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise _failed(lock, f"{Path(words[0]).name} took over {PATIENCE} s") from None
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines()[-LAST_WORDS:]
        why = "; ".join(line.strip() for line in said)
        raise _failed(lock, why or f"exit code {ran.returncode}")


def _failed(lock: Path, why: str) -> ToolError:
    return ToolError(
        f"the packages of {lock.name} cannot be installed: {why}",
        hint="it takes a connection to your package index once; then run this again",
    )
