"""checkov finds no fault in what is planned for an environment."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from groundplan.cloud import simulated
from groundplan.tools import environment, terraform
from tests.cloud.apply import REGION, ROOT, Applied

SKIPPED = {"CKV_AWS_144", "CKV_AWS_145", "CKV2_AWS_3", "CKV2_AWS_5", "CKV2_AWS_57"}
"""Checks that a comment in a module skips, with its reason and owner."""


def test_the_plan_of_what_is_there_has_no_fault(applied: Applied, tmp_path: Path) -> None:
    """Nothing fails in dev; with its standby and its protection taken away, both are missed."""
    root = next(applied.folder.rglob("versions.tf")).parent
    plan = planned(root, variables(applied, applied.folder / "terraform"), tmp_path)
    found = scan(tmp_path, plan)
    assert (set(), True) == (failed(found), skipped(found) <= SKIPPED)
    assert {"CKV_AWS_157", "CKV_AWS_293"} == failed(scan(tmp_path, spoiled(plan)))


def test_the_plan_of_production_has_no_fault(applied: Applied, tmp_path: Path) -> None:
    """The same of prod, which is planned from nothing and not applied; it needs every skip."""
    place = simulated.Place(tmp_path / "prod", "prod")
    rendered = ROOT / "generated/prod/terraform"
    made = simulated.make(rendered, place, applied.url, REGION)
    env = variables(applied, tmp_path / "terraform")
    source = [f"-plugin-dir={made.mirror}"] if made.mirror else []
    ask(place.files, env, "init", "-input=false", *source)
    found = scan(tmp_path, planned(place.files, env, tmp_path))
    assert (set(), SKIPPED) == (failed(found), skipped(found))


def spoiled(plan: str) -> str:
    """Return a plan whose database has no standby and no protection."""
    document = json.loads(plan)
    for module in document["planned_values"]["root_module"]["child_modules"]:
        for each in module["resources"]:
            if each["address"] == "module.database.aws_db_instance.this":
                each["values"].update(multi_az=False, deletion_protection=False)
    return json.dumps(document)


def failed(found: dict[str, Any]) -> set[str]:
    """Return the checks that fail."""
    return {each["check_id"] for each in found["results"]["failed_checks"]}


def skipped(found: dict[str, Any]) -> set[str]:
    """Return the checks that are skipped."""
    return {each["check_id"] for each in found["results"]["skipped_checks"]}


def scan(folder: Path, plan: str) -> dict[str, Any]:
    """Return what checkov finds in a plan, when enough of it passes."""
    (folder / "plan.json").write_text(plan)
    python = environment.python("scan")
    words = ["--framework", "terraform_plan", "--skip-download", "-o", "json"]
    modules = ["--repo-root-for-plan-enrichment", str(ROOT / "terraform")]
    done = subprocess.run(
        [str(python), "-m", "checkov.main", *words, "-f", str(folder / "plan.json"), *modules],
        env={**os.environ, "LOG_LEVEL": "ERROR", "EVAL_TF_PLAN_AFTER_UNKNOWN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["summary"]["passed"] > 400
    return found


def variables(applied: Applied, data: Path) -> dict[str, str]:
    """Return where AWS is, and where Terraform keeps its own files."""
    where = {"TF_DATA_DIR": str(data), "TF_CLI_CONFIG_FILE": os.devnull}
    return {**applied.variables, **where}


def planned(root: Path, env: dict[str, str], folder: Path) -> str:
    """Return a plan as JSON."""
    file = folder / "plan.bin"
    ask(root, env, "plan", "-input=false", "-var", "simulated=true", f"-out={file}")
    return ask(root, env, "show", "-json", str(file))


def ask(root: Path, env: dict[str, str], *words: str) -> str:
    """Run Terraform in a root and return what it says."""
    command = [str(terraform.find().path), *words]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return done.stdout
