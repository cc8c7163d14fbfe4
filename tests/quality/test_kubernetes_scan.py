"""checkov finds no fault in rendered objects, and would find one."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from groundplan.tools import environment

ROOT = Path(__file__).resolve().parents[2]
SKIPS = 5
"""The most that may be skipped, in all objects together."""
SKIP = "checkov.io/skip"
POD = """
apiVersion: v1
kind: Pod
metadata: {name: open}
spec:
  containers:
  - {name: open, image: "open:latest", securityContext: {privileged: true}}
"""
Render = Any


@pytest.fixture(scope="module")
def checkov() -> list[str]:
    """Return checkov's command, from an environment of its own that is made on first use."""
    return [str(environment.python("scan")), "-m", "checkov.main"]


def scan(checkov: list[str], folder: Path) -> dict[str, Any]:
    """Return what checkov finds in a folder of manifests."""
    words = ["--framework", "kubernetes", "--skip-download", "--compact", "-o", "json", "-d"]
    done = subprocess.run(
        [*checkov, *words, folder],
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_release_has_no_fault(checkov: list[str], release: Render, tmp_path: Path) -> None:
    """None fails, every file is read, and the passed ones are counted."""
    for path in release.objects:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(next(each.content for each in release.files if each.path == path))
    found = scan(checkov, tmp_path)
    failed = {
        f"{each['check_id']} {each['file_path']} {each['resource']}"
        for each in found["results"]["failed_checks"]
    }
    assert set() == failed
    assert 0 == found["summary"]["parsing_errors"]
    assert found["summary"]["passed"] > 500
    assert found["summary"]["skipped"] <= SKIPS


def test_few_checks_are_skipped_and_each_has_a_reason(release: Render) -> None:
    """A skip names one check and says why."""
    skips = [
        said
        for each in release.objects.values()
        for name, said in (each["metadata"].get("annotations") or {}).items()
        if name.startswith(SKIP)
    ]
    assert len(skips) <= SKIPS, skips
    assert [] == [said for said in skips if len(said.partition("=")[2]) < 20]


def test_a_fault_is_found(checkov: list[str], tmp_path: Path) -> None:
    """Negative control: a privileged pod of any image is not passed."""
    (tmp_path / "pod.yaml").write_text(POD)
    failed = {each["check_id"] for each in scan(checkov, tmp_path)["results"]["failed_checks"]}
    assert {"CKV_K8S_16", "CKV_K8S_14", "CKV_K8S_20"} <= failed
