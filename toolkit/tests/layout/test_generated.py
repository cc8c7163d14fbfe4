"""What is rendered and committed is what the platform file says today."""

from pathlib import Path

import pytest

from groundplan.cli.main import main

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("environment", ["local", "dev", "prod"])
def test_generated_files_are_current(
    environment: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`./run render ENV --check` finds nothing to write; if it does, `./run render ENV`."""
    monkeypatch.chdir(ROOT)
    assert 0 == main(["render", environment, "--check"]), capsys.readouterr().out
