"""Who may import whom: the rules hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCES = (
    "toolkit/src/groundplan",
    "services/backend/src/groundplan_backend",
    "services/gateway/authz/src/groundplan_gateway",
    "services/telemetry/src/groundplan_telemetry",
    "services/contracts/src/groundplan_contracts",
)
PLANTED = {
    "never import each other": ("groundplan_backend/health.py", "groundplan.errors"),
    "knows none of them": ("groundplan_contracts/problem.py", "groundplan_gateway.path"),
    "the model is the waist": ("groundplan/loader/read.py", "groundplan.targets.gateway"),
    "no target knows another": (
        "groundplan/targets/gateway/routes.py",
        "groundplan.targets.local",
    ),
    "touch no disk": ("groundplan/model/order.py", "random"),
    "nothing of how a file is read": (
        "groundplan/loader/rules/data.py",
        "groundplan.loader.parse",
    ),
    "features above": (
        "groundplan_backend/postgres/pool.py",
        "groundplan_backend.catalog.service",
    ),
    "controller, service, repository": (
        "groundplan_backend/catalog/schemas.py",
        "groundplan_backend.catalog.controller",
    ),
    "what becomes of it": (
        "groundplan_backend/artifacts/names.py",
        "groundplan_backend.artifacts.checker",
    ),
    "nothing of what it is for": (
        "groundplan_backend/identity/factors/sealing.py",
        "groundplan_backend.identity.factors.proofs",
    ),
    "tables are its own": (
        "groundplan_backend/catalog/service.py",
        "groundplan_backend.audit.repository",
    ),
    "speak to no driver": ("groundplan_backend/catalog/service.py", "asyncpg"),
    "knows nothing of the framework": ("groundplan_backend/catalog/repository.py", "litestar"),
    "from the question to the answer": (
        "groundplan_gateway/path.py",
        "groundplan_gateway.check",
    ),
    "and out again": (
        "groundplan_telemetry/records/line.py",
        "groundplan_telemetry.disk.segment",
    ),
    "samples and labels": (
        "groundplan_telemetry/metrics/labels.py",
        "groundplan_telemetry.metrics.room",
    ),
    "then who is told": (
        "groundplan_backend/incidents/schemas.py",
        "groundplan_backend.incidents.service",
    ),
    "then who is asked": (
        "groundplan_backend/telemetry/schemas.py",
        "groundplan_backend.telemetry.sources",
    ),
}
"""A part of each rule's name, and the file and import that break it."""


def lint(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Check the imports of the packages that lie in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", ROOT / "importlinter.toml", "--cache-dir", cache],
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return a folder with a copy of all packages."""
    folder = tmp_path / "packages"
    for source in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / source, folder / Path(source).name, ignore=ignored)
    return folder


def test_the_rules_hold(packages: Path, tmp_path: Path) -> None:
    """Every rule is kept by what is there."""
    found = lint(packages, tmp_path / "cache")
    assert "0 broken" in found.stdout, found.stdout + found.stderr
    assert 0 == found.returncode


def test_each_rule_can_fail(packages: Path, tmp_path: Path) -> None:
    """One forbidden import for each rule: all are found broken, and no rule is left out."""
    for file, module in PLANTED.values():
        path = packages / file
        path.write_text(f"{path.read_text()}\nimport {module}\n")
    found = lint(packages, tmp_path / "cache")
    lines = found.stdout.splitlines()
    broken = {rule for rule in PLANTED if any(rule in line and "BROKEN" in line for line in lines)}
    assert set(PLANTED) == broken
    assert "0 kept" in found.stdout
    assert 0 != found.returncode


def test_a_folder_without_a_place_is_found(packages: Path, tmp_path: Path) -> None:
    """A new folder has to be given its layer before anybody may use it."""
    (packages / "groundplan/helpers").mkdir()
    (packages / "groundplan/helpers/__init__.py").touch()
    found = lint(packages, tmp_path / "cache")
    assert 0 != found.returncode
    assert "helpers" in found.stdout
