import json
import subprocess
import sys
from pathlib import Path

import pytest

from groundplan_backend.__main__ import main

_DOCUMENT = Path(__file__).parents[3] / "contracts" / "openapi.json"


def test_the_committed_document_is_the_one_that_the_code_makes() -> None:
    """`services/contracts/openapi.json` is stale when this fails: print it again."""
    made = subprocess.run(
        [sys.executable, "-m", "groundplan_backend", "openapi"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(_DOCUMENT.read_text()) == json.loads(made.stdout)


@pytest.mark.parametrize("arguments", [[], ["sevre"], ["serve", "twice"]])
def test_a_wrong_command_shows_the_right_ones(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2 and the usage goes to stderr."""
    assert 2 == main(arguments)
    assert "serve|migrate|accounts|openapi" in capsys.readouterr().err


def test_a_missing_setting_ends_the_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the setting; there is no traceback."""
    for name in ("DATABASE_URL", "DATABASE_URL_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert 2 == main(["migrate"])
    assert capsys.readouterr().err.startswith("DATABASE_URL: is not set")
