"""Documentation that names a file or a command names one that exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\./run ([a-z]+)")
FOLDER = re.compile(
    r"`((?:toolkit|services|generated|bench|tests|docs|examples|requirements)/[\w./-]+)`"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_what_exists(page: Path) -> None:
    """Every relative link and every path in code marks leads somewhere."""
    text = page.read_text()
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [path for path in FOLDER.findall(text) if not (ROOT / path.rstrip("/")).exists()]
    assert [] == missing


def test_pages_name_only_commands_that_exist() -> None:
    """Every `./run COMMAND` of a page is a command of the tool."""
    shown = subprocess.run(
        [sys.executable, "-m", "groundplan", "--help"], capture_output=True, text=True, check=True
    ).stdout
    named = {word for page in PAGES for word in COMMAND.findall(page.read_text())}
    assert named
    assert set() == {word for word in named if not re.search(rf"\b{word}\b", shown)}


def test_every_dependency_has_its_reason() -> None:
    """Each package asked for in requirements/*.in has a line that says why."""
    page = (ROOT / "docs/reference/dependencies.md").read_text()
    asked = {
        re.split(r"[\[;= ]", line)[0]
        for listed in (ROOT / "requirements").glob("*.in")
        for line in listed.read_text().splitlines()
        if line and line[0] not in "#-"
    }
    assert set() == {name for name in asked if f"`{name}`" not in page}
