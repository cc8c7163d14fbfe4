"""`python reaper.py PID FOLDER`: wait until our input is closed, then end all that PID began.

That is the process itself, what runs below it, and the simulators that are recorded in the folder,
which goes too. The kernel closes the input when whoever holds it ends, however that was.
"""

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil


def main() -> None:
    """Wait, then end everything."""
    # Looked up now: later the number may be another's
    began, folder = psutil.Process(int(sys.argv[1])), Path(sys.argv[2])
    sys.stdin.read()
    for process in [*family(began), *recorded(folder)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def family(first: psutil.Process) -> list[psutil.Process]:
    """Return a process and what runs below it, itself first, so that it starts nothing more."""
    try:
        first.suspend()
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def recorded(folder: Path) -> Iterator[psutil.Process]:
    """Yield the simulators of a folder that still are the processes that were recorded."""
    for record in folder.rglob("simulator.json"):
        with contextlib.suppress(psutil.NoSuchProcess, ValueError, KeyError):
            found = json.loads(record.read_text())
            process = psutil.Process(found["pid"])
            if process.create_time() == found["started"]:
                yield process


if __name__ == "__main__":
    main()
