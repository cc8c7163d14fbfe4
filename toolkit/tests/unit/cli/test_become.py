"""A process that becomes another program."""

import os
import subprocess
import sys

from groundplan.cli.place import ROOT

PROGRAM = """
import os
from groundplan.cli.become import become
print(os.getpid())
said = "import os; print(os.getpid(), os.environ['SAID'], os.getcwd()); raise SystemExit(7)"
become(["-c", said], {**os.environ, "SAID": "so"})
"""


def test_it_is_the_same_process_in_the_repository():
    """Id, environment and exit code are those of one process; what was said is not lost."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit" / "src")},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    pid, after = done.stdout.splitlines()
    assert (f"{pid} so {ROOT}", 7) == (after, done.returncode)
