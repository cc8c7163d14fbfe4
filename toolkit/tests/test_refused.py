"""Refused and doubtful files: the exact words that people see, case by case.

`pytest toolkit/tests/test_refused.py --update-refused` writes them anew; look at the difference.
"""

import re
from pathlib import Path

import pytest

from groundplan.cli.main import main

FOLDER = Path(__file__).parent / "refused"
ROOT = Path(__file__).parents[2]
CASES = sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_the_words_are_these(
    case: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    update_refused: bool,
) -> None:
    """Checking the file of a case ends with this code and says exactly this."""
    monkeypatch.chdir(FOLDER / case)
    code = main(["check"])
    said = capsys.readouterr()
    found = f"{said.err}{said.out}exit {code}\n"
    found = re.sub(
        rf"{re.escape(str(ROOT))}/platform.yaml:\d+:\d+", "reference:LINE:COLUMN", found
    )
    expected = FOLDER / case / "expected.txt"
    if update_refused:
        expected.write_text(found, "utf-8")
    assert expected.read_text("utf-8") == found


def test_no_case_is_a_bug_or_says_nothing() -> None:
    """Every case is refused with the file's exit code, or warned about."""
    words = {case: (FOLDER / case / "expected.txt").read_text("utf-8") for case in CASES}
    silent = [
        case
        for case, text in words.items()
        if not text.endswith("exit 2\n") and " warning: " not in text
    ]
    assert [] == silent
