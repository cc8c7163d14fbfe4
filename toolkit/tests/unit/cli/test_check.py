"""`./run check`."""

from pathlib import Path

import pytest

from groundplan.cli.main import main
from groundplan.loader import extend


def test_a_fine_file_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Services, environments and warnings on stdout, nothing on stderr."""
    assert 0 == main(["check", "--file", str(extend.REFERENCE)])
    said = capsys.readouterr()
    assert said.out.endswith("is fine: 4 services, 3 environments, 0 warnings\n")
    assert "" == said.err


def test_problems_go_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All problems, exit code 2, nothing on stdout."""
    path = tmp_path / "p.yaml"
    path.write_text("extends: reference\nowner: 3\nregion: 4\n")
    assert 2 == main(["check", "--file", str(path)])
    said = capsys.readouterr()
    assert ("", 2) == (said.out, said.err.count("must be text"))
