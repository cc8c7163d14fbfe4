"""checkov finds no fault in the Terraform modules, and would find one."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from groundplan.tools import environment

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
    return [str(environment.python("scan")), "-m", "checkov.main"]


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
        str(folder),
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


@pytest.fixture(scope="module")
def found(checkov: list[str]) -> dict[str, Any]:
    """Return what is found in the modules."""
    return scan(checkov, ROOT / "terraform/modules")


def test_modules_have_no_fault(found: dict[str, Any]) -> None:
    """None fails, every file is read, and the passed ones are counted."""
    failed = [
        f"{each['check_id']} {each['resource']}" for each in found["results"]["failed_checks"]
    ]
    assert [] == failed
    assert 0 == found["summary"]["parsing_errors"]
    assert found["summary"]["passed"] > 500


def test_few_checks_are_skipped_and_each_says_why(found: dict[str, Any]) -> None:
    """At most five in all, each with a reason and with who answers for it."""
    skipped = found["results"]["skipped_checks"]
    reasons = {each["check_id"]: each["check_result"]["suppress_comment"] for each in skipped}
    assert {"CKV_AWS_144", "CKV_AWS_145", "CKV2_AWS_5", "CKV2_AWS_57"} <= set(reasons)
    assert len(reasons) <= 5
    for check, reason in reasons.items():
        assert re.fullmatch(r".{20,}; owner: [a-z-]+", reason), check


def test_a_fault_is_found(checkov: list[str], tmp_path: Path) -> None:
    """Negative control: a database that the internet may reach, unencrypted, is not passed."""
    (tmp_path / "main.tf").write_text(OPEN)
    found = scan(checkov, tmp_path)["results"]["failed_checks"]
    assert {"CKV_AWS_16", "CKV_AWS_17"} <= {each["check_id"] for each in found}
