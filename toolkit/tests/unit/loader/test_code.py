"""Codes and their page."""

import re
from pathlib import Path

from groundplan.loader.code import Code

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/reference/errors.md").read_text()
SOURCE = "\n".join(
    path.read_text()
    for path in (ROOT / "toolkit/src/groundplan/loader").rglob("*.py")
    if path.name != "code.py"
)


def test_every_code_has_its_section_and_every_section_its_code() -> None:
    """The link under a problem leads somewhere, and the page describes nothing that is gone."""
    sections = re.findall(r"^### (GP\d{3})\n(.+)", PAGE, re.M)
    assert [code.value for code in Code] == [code for code, _ in sections]
    assert all(len(words) > 20 for _, words in sections)


def test_every_code_is_used() -> None:
    """No code waits for a problem."""
    assert [] == [code.name for code in Code if f"Code.{code.name}" not in SOURCE]


def test_no_code_is_used_twice() -> None:
    """A code means one thing."""
    assert len(Code.__members__) == len({code.value for code in Code})
