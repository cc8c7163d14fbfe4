"""`./run destroy` with a real Terraform."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from groundplan.cloud.simulated import Place

USAGE = 2
TOOL = 3
SIMULATE = ("destroy", "dev", "--simulate")
SILENT = "import time; time.sleep(600)"
SERVER = """
import http.server
server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
print(server.server_port, flush=True)
server.serve_forever()
"""


class Kept:
    """A process that is recorded as a kept simulator, though it is none."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder / ".groundplan/simulated/dev", "dev")
        self.place.files.mkdir(parents=True)
        self.started: list[subprocess.Popen[str]] = []

    def start(self, code: str, *words: str) -> subprocess.Popen[str]:
        """Start a program."""
        words = (sys.executable, "-c", code, *words)
        self.started.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        return self.started[-1]

    def record(self, pid: int, url: str) -> None:
        """Write where it is said to listen."""
        found = {"url": url, "pid": pid, "started": psutil.Process(pid).create_time()}
        self.place.record.write_text(json.dumps(found))

    def end(self) -> None:
        """End what still runs."""
        for child in self.started:
            child.kill()
            child.communicate()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Return what makes a broken simulator of dev."""
    made = Kept(tmp_path)
    yield made
    made.end()


def resources(root: Path) -> set[str]:
    """Return the names in the state that Terraform keeps beside the files."""
    state = json.loads((root / "terraform.tfstate").read_text())
    return {each["name"] for each in state["resources"]}


def test_destroy_refuses_in_real_accounts_until_asked(tiny):
    """Nothing goes without a yes."""
    tiny.run("apply", "dev", "--yes")
    done = tiny.run("destroy", "dev")
    assert USAGE == done.returncode
    assert {"quick", "slow", "last"} == resources(tiny.root)


def test_a_simulator_that_does_not_answer_is_ended(tiny, kept):
    """One message says that it is over, and why nothing was proved; then there is none."""
    child = kept.start(SILENT)
    kept.record(child.pid, "http://127.0.0.1:1")
    done = tiny.run(*SIMULATE)
    assert 0 == done.returncode, done.stderr
    assert "simulator of dev is ended, but nothing was proved: it does not answer" in done.stderr
    assert child.wait(10) is not None
    assert not kept.place.record.exists()
    assert USAGE == tiny.run(*SIMULATE).returncode


def test_a_simulator_whose_state_is_broken_is_ended(tiny, kept):
    """Terraform cannot plan; with --keep that is an error, without it the simulator ends."""
    child = kept.start(SERVER)
    port = child.stdout.readline().strip()
    kept.record(child.pid, f"http://127.0.0.1:{port}")
    kept.place.state.write_text("{ broken")
    assert TOOL == tiny.run(*SIMULATE, "--keep").returncode
    assert child.poll() is None
    done = tiny.run(*SIMULATE)
    assert 0 == done.returncode, done.stderr
    assert 1 == done.stderr.count("simulator of dev is ended, but nothing was proved: ")
    assert child.wait(10) is not None


def test_a_simulator_without_a_record_is_ended(tiny, kept):
    """It is known by its words: what it is, and the log that it writes."""
    child = kept.start(SILENT, "-m", "groundplan.cloud.simulator", "--log", str(kept.place.log))
    kept.place.record.write_text("{ broken")
    done = tiny.run(*SIMULATE)
    assert 0 == done.returncode, done.stderr
    assert "nothing was proved: its record is lost" in done.stderr
    assert child.wait(10) is not None
