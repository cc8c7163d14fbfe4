"""On a disk that is really full, files stay whole, and writing goes on once there is room."""

import os
import subprocess
import sys
import textwrap

import pytest

SCRIPT = """
import sys
from pathlib import Path
from groundplan.runner import disk
folder = Path(sys.argv[1])
disk.write(folder / "state.json", "old")
(folder / "ballast").touch()
with open(folder / "ballast", "ab", buffering=0) as ballast:
    try:
        while True:
            ballast.write(b"x" * 4096)
    except OSError:
        pass
try:
    disk.write(folder / "state.json", "new" * 5000)
except disk.DiskFullError as error:
    print(error.message)
print((folder / "state.json").read_text(), sorted(p.name for p in folder.iterdir()))
(folder / "ballast").unlink()
disk.write(folder / "state.json", "new")
print((folder / "state.json").read_text())
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only elsewhere: mounting a small disk takes root")
def test_a_full_disk_costs_nothing_but_time(tmp_path):
    """The error names the file, the old text stands, and later writing succeeds."""
    mounted = f'mount -t tmpfs -o size=64k none {tmp_path} && exec $0 -c "$1" {tmp_path}'
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, sys.executable, textwrap.dedent(SCRIPT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [
        f"the disk is full: {tmp_path}/state.json could not be written",
        "old ['ballast', 'state.json']",
        "new",
    ] == ran.stdout.splitlines(), ran.stderr
