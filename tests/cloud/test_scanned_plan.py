"""checkov finds no fault in what is planned for an environment, the file's own choices apart."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from groundplan import loader
from groundplan.cloud import simulated
from groundplan.model.platform import Platform
from groundplan.tools import simulator, terraform

ROOT = Path(__file__).resolve().parents[2]


def by_the_file(platform: Platform) -> Iterator[str]:
    """Yield the checks that must fail because the file says so, and only these may."""
    guards = platform.security.guards
    if not platform.database.multi_zone:
        yield "CKV_AWS_157"
    if not platform.database.deletion_protection:
        yield "CKV_AWS_293"
    if guards.guardduty:
        yield "CKV2_AWS_3"  # it asks for an organization, and the file names none
    if guards.cloudtrail or guards.config:
        yield "CKV_AWS_144"  # it asks for a second region, and the file names none


def test_the_plan_of_what_is_there_has_no_fault(applied: Any, tmp_path: Path) -> None:
    """Nothing fails in dev but what the file asks for, and that does fail: the scan can see."""
    folder = applied.data / "simulated/dev"
    root = next(folder.rglob("versions.tf")).parent
    env = environment(applied, folder / "terraform")
    assert set(by_the_file(read("dev"))) == failures(tmp_path, planned(root, env, tmp_path))


def test_the_plan_of_production_has_no_fault(applied: Any, tmp_path: Path) -> None:
    """The same of prod, which is planned from nothing and not applied."""
    place = simulated.Place(tmp_path / "prod", "prod")
    rendered = ROOT / "generated/prod/terraform"
    made = simulated.make(rendered, place, applied.simulator["url"], "us-east-1")
    env = environment(applied, tmp_path / "terraform")
    source = [f"-plugin-dir={made.mirror}"] if made.mirror else []
    ask(place.files, env, "init", "-input=false", *source)
    plan = planned(place.files, env, tmp_path)
    assert set(by_the_file(read("prod"))) == failures(tmp_path, plan)


def read(name: str) -> Platform:
    """Return what the file says of an environment."""
    return loader.load(str(ROOT / "platform.yaml"), name)


def failures(folder: Path, plan: str) -> set[str]:
    """Return the checks that fail in a plan, when enough of them pass."""
    (folder / "plan.json").write_text(plan)
    python = simulator.environment(ROOT / ".groundplan/scan", ROOT / "requirements/scan.lock")
    words = ["--framework", "terraform_plan", "--skip-download", "-o", "json"]
    modules = ["--repo-root-for-plan-enrichment", str(ROOT / "terraform")]
    done = subprocess.run(
        [str(python), "-m", "checkov.main", *words, "-f", str(folder / "plan.json"), *modules],
        env={**os.environ, "LOG_LEVEL": "ERROR", "EVAL_TF_PLAN_AFTER_UNKNOWN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    assert found["summary"]["passed"] > 400
    return {each["check_id"] for each in found["results"]["failed_checks"]}


def environment(applied: Any, data: Path) -> dict[str, str]:
    """Return where AWS is, and where Terraform keeps its own files."""
    return {
        **os.environ,
        **simulated.settings(applied.simulator["url"]),
        "AWS_REGION": "us-east-1",
        "TF_DATA_DIR": str(data),
        "TF_CLI_CONFIG_FILE": os.devnull,
    }


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
