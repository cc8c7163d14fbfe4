"""Facts tell what a machine is, not whose."""

import json
import socket
from pathlib import Path

from groundplan import __version__
from groundplan.runner import folders
from groundplan.runner.export import machine


def test_facts_name_versions_and_nobody(tmp_path):
    """Versions and sizes; neither the host's name nor a path."""
    found = machine.facts(folders.locate(tmp_path, tmp_path))
    assert __version__ == found["groundplan"]
    assert found["disk"]["total"] >= found["disk"]["free"] > 0
    assert found["memory_bytes"]["total"] > 0
    written = json.dumps(found)
    assert str(Path.home()) not in written or str(Path.home()) == "/"
    assert socket.gethostname() not in written
