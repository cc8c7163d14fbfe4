"""The Python code keeps its own rules: format, lint, types, directions."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def _run(*argv: str, at: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / argv[0]), *argv[1:]], cwd=at, capture_output=True, text=True, check=False
    )


CHECKS = {
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    "types": ("mypy",),
    "directions": ("lint-imports", "--config", "importlinter.toml"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_code_keeps_the_rule(name: str) -> None:
    """ruff, mypy and import-linter find nothing."""
    checked = _run(*CHECKS[name])
    assert checked.returncode == 0, checked.stdout + checked.stderr


FAULTS = {
    "format": ("x = {  'a':1 }\n", ("ruff", "format", "--check", "--isolated", ".")),
    "lint": ("import os\n", ("ruff", "check", "--isolated", ".")),
    "types": ("x: int = 'a'\n", ("mypy", "--strict", "fault.py")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_would_be_noticed(name: str, tmp_path: Path) -> None:
    """Negative control: each tool fails on code with a fault of its kind."""
    text, argv = FAULTS[name]
    (tmp_path / "fault.py").write_text(text)
    assert _run(*argv, at=tmp_path).returncode != 0
