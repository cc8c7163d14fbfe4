"""What is committed names no machine, no registry and no folder without a meaning."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base"}
ADDRESS = re.compile(r"https?://|file://|--(extra-)?index-url|--find-links")


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def test_no_folder_or_module_is_called_utils() -> None:
    """Every folder and module is named for what it holds."""
    named = {path for path in _committed() if {*path.parts[:-1], path.stem} & MEANINGLESS}
    assert set() == named


def test_python_locks_hold_versions_and_hashes_only() -> None:
    """The Python locks name no address, and each package has a hash."""
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text()
        assert not ADDRESS.search(text), lock
        packages = re.findall(r"^[a-z0-9].*==.*$", text, flags=re.MULTILINE)
        assert packages
        assert all(line.endswith("\\") for line in packages), lock


def test_npm_locks_name_no_registry() -> None:
    """No npm lock says where a package was downloaded."""
    locks = [path for path in _committed() if path.name == "package-lock.json"]
    assert locks
    for lock in locks:
        assert '"resolved"' not in (ROOT / lock).read_text(), lock


def test_an_address_would_be_noticed() -> None:
    """Negative control: a lock with an index address is refused."""
    assert ADDRESS.search("--extra-index-url https://packages.example/simple")
