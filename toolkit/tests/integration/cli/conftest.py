"""What tests with a real Terraform share: a platform, its tiny root, and commands about it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import terraform

DRIVER = Path(__file__).with_name("driver.py")
FILE = "apiVersion: groundplan/v1\nextends: reference\nname: tiny\n"
LIMIT = 60
SLOW = """
resource "terraform_data" "quick" {
  input = "one"
}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.quick]
  provisioner "local-exec" {
    command = "touch begun; sleep 2"
  }
}
resource "terraform_data" "last" {
  depends_on = [terraform_data.slow]
}
"""


@dataclass
class Tiny:
    """A platform whose Terraform is a few lines."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    started: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """Where its Terraform is rendered."""
        return self.folder / "generated/dev/terraform"

    def write(self, text: str) -> None:
        """Change its Terraform and render it."""
        (self.folder / "source/main.tf").write_text(text)
        done = self.run("render", "dev")
        assert 0 == done.returncode, done.stderr

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        child = self.start(*words)
        out, err = child.communicate(timeout=LIMIT)
        return subprocess.CompletedProcess(words, child.returncode, out, err)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a command."""
        child = subprocess.Popen(
            [sys.executable, str(DRIVER), "source", *words],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(child)
        return child

    def wait_for(self, path: Path) -> None:
        """Wait until a file is there."""
        deadline = time.monotonic() + LIMIT
        while not path.exists():
            assert time.monotonic() < deadline, f"{path} never came"
            time.sleep(0.05)

    def end(self) -> None:
        """End what still runs: ours, and a Terraform that it left behind."""
        for child in self.started:
            if child.poll() is None:
                for _ in range(2):
                    child.send_signal(signal.SIGINT)
                    time.sleep(0.2)
                child.kill()
                child.communicate()


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Tiny]:
    """Return a platform with a root of a slow resource between two quick ones."""
    try:
        terraform.find()
    except ToolError as error:
        pytest.skip(f"needs Terraform or OpenTofu: {error.message}")
    (tmp_path / "source").mkdir()
    (tmp_path / "platform.yaml").write_text(FILE)
    made = Tiny(tmp_path)
    made.write(SLOW)
    yield made
    made.end()
