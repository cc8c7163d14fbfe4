"""checkov finds no fault in the Terraform modules, and would find one."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from groundplan.tools import simulator

ROOT = Path(__file__).parents[2]
OPEN = """
resource "aws_db_instance" "open" {
  instance_class      = "db.t3.micro"
  publicly_accessible = true
}
"""


@pytest.fixture(scope="session")
def checkov() -> list[str]:
    """Return checkov's command, from an environment of its own that is made on first use."""
    lock = ROOT / "requirements/scan.lock"
    return [str(simulator.environment(ROOT / ".groundplan/scan", lock)), "-m", "checkov.main"]


def scan(checkov: list[str], folder: Path) -> dict[str, Any]:
    """Return what checkov finds in a folder of Terraform."""
    words = [
        "--framework",
        "terraform",
        "--skip-download",
        "--compact",
        "-o",
        "json",
        "-d",
        folder,
    ]
    done = subprocess.run(
        [*checkov, *words],
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_modules_have_no_fault(checkov: list[str]) -> None:
    """None fails, every file is read, and the passed ones are counted."""
    found = scan(checkov, ROOT / "terraform/modules")
    failed = [
        f"{each['check_id']} {each['resource']}" for each in found["results"]["failed_checks"]
    ]
    assert [] == failed
    assert 0 == found["summary"]["parsing_errors"]
    assert found["summary"]["passed"] > 500


def test_a_fault_is_found(checkov: list[str], tmp_path: Path) -> None:
    """Negative control: a database that the internet may reach, unencrypted, is not passed."""
    (tmp_path / "main.tf").write_text(OPEN)
    found = scan(checkov, tmp_path)["results"]["failed_checks"]
    assert {"CKV_AWS_16", "CKV_AWS_17"} <= {each["check_id"] for each in found}
