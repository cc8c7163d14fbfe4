"""The console's sources keep their own rules: format, types, lint, tests, types of the API."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("services/frontend", "services/contracts")


def _npm(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.fixture(scope="module")
def frontend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is committed or new, with all packages; the tree itself is left alone."""
    if shutil.which("npm") is None:
        pytest.skip("no npm on PATH: install Node.js")
    copy = tmp_path_factory.mktemp("console")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", *FOLDERS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    made = copy / FOLDERS[0]
    installed = _npm(made, "ci", "--no-audit", "--no-fund")
    assert installed.returncode == 0, installed.stderr
    return made


@pytest.mark.parametrize("script", ["lint", "test"])
def test_the_console_keeps_its_rules(frontend: Path, script: str) -> None:
    """prettier, tsc, eslint and vitest find nothing."""
    checked = _npm(frontend, "run", script)
    assert checked.returncode == 0, checked.stdout[-4000:] + checked.stderr[-2000:]


def test_the_types_are_those_of_the_api(frontend: Path) -> None:
    """What is generated from the API's document is what is committed."""
    committed = (frontend / "src/lib/schema.d.ts").read_text()
    generated = _npm(frontend, "run", "types")
    assert generated.returncode == 0, generated.stderr
    assert committed == (frontend / "src/lib/schema.d.ts").read_text()


def test_a_fault_would_be_noticed(frontend: Path) -> None:
    """Negative control: a wrong type and a failing test are found."""
    wrong = frontend / "src/lib/wrong.ts"
    wrong.write_text('export const wrong: number = "text";\n')
    failing = frontend / "src/lib/failing.test.ts"
    failing.write_text(
        'import { expect, it } from "vitest";\nit("fails", () => expect(1).toBe(2));\n'
    )
    try:
        assert _npm(frontend, "run", "lint").returncode != 0
        assert _npm(frontend, "run", "test", "--", "src/lib/failing.test.ts").returncode != 0
    finally:
        wrong.unlink()
        failing.unlink()
