"""checkov finds no fault in what is planned for an environment, the file's own choices apart."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from groundplan.tools import simulator, terraform

ROOT = Path(__file__).resolve().parents[2]
BY_THE_FILE = {
    "CKV_AWS_157": "the reference has one zone in dev",
    "CKV_AWS_293": "dev is there to be thrown away",
}
"""What fails because the file says so; prod's values pass both."""


def test_the_plan_has_no_fault(applied: Any, tmp_path: Path) -> None:
    """Nothing fails but what the file asks for, and that does fail, so that the scan can see."""
    plan = tmp_path / "plan.json"
    plan.write_text(_planned(applied, tmp_path / "plan.bin"))
    lock = ROOT / "requirements/scan.lock"
    python = simulator.environment(ROOT / ".groundplan/scan", lock)
    words = ["--framework", "terraform_plan", "--skip-download", "-o", "json", "-f", plan]
    done = subprocess.run(
        [
            python,
            "-m",
            "checkov.main",
            *words,
            "--repo-root-for-plan-enrichment",
            ROOT / "terraform",
        ],
        env={**os.environ, "LOG_LEVEL": "ERROR", "EVAL_TF_PLAN_AFTER_UNKNOWN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    failed = {each["check_id"]: each["resource"] for each in found["results"]["failed_checks"]}
    assert set(BY_THE_FILE) == set(failed), failed
    assert found["summary"]["passed"] > 300


def _planned(applied: Any, file: Path) -> str:
    """Return a plan of what is there, as JSON, in which nothing is unknown."""
    folder = applied.data / "simulated/dev"
    root = next(folder.rglob("versions.tf")).parent
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    env = {
        **os.environ,
        **keys,
        "AWS_ENDPOINT_URL": applied.simulator["url"],
        "TF_DATA_DIR": str(folder / "terraform"),
        "TF_CLI_CONFIG_FILE": os.devnull,
    }

    def ask(*words: str) -> str:
        command = [str(terraform.find().path), *words]
        done = subprocess.run(
            command, cwd=root, env=env, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stderr
        return done.stdout

    ask("plan", "-input=false", "-var", "simulated=true", f"-out={file}")
    return ask("show", "-json", str(file))
