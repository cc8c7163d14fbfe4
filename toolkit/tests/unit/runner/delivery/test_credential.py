"""The runner's token comes from the backend's code and stands where only the owner reads it."""

import sys
from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.runner import folders as places
from groundplan.runner.delivery import credential


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return made folders."""
    found = places.locate(tmp_path / "data", tmp_path)
    places.make(found)
    return found


@pytest.fixture
def backend(tmp_path: Path, make_process: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what describes a backend whose code is what a test says."""

    def made(code: str) -> Any:
        program = tmp_path / "python"
        program.write_text(f"#!{sys.executable}\nimport os, sys\n{code}\n")
        program.chmod(0o755)
        monkeypatch.setattr(credential.sys, "executable", str(program))
        return make_process(environment={"DATABASE_URL": "postgresql://there"})

    return made


async def test_the_token_is_kept_privately(folders: Folders, backend: Any) -> None:
    """The backend's own settings lead it to the database; its last word is the token."""
    code = "print('log'); print(os.environ['DATABASE_URL'] + sys.argv[-1])"
    token = await credential.make(folders, backend(code))
    assert "postgresql://thererunner-token" == token == credential.read(folders)
    assert 0o600 == (credential.file(folders).stat().st_mode & 0o777)


async def test_without_a_token_the_reason_is_told(folders: Folders, backend: Any) -> None:
    """Nothing is kept."""
    with pytest.raises(ToolError, match="made no token: the database does not answer"):
        await credential.make(folders, backend("sys.exit('the database does not answer')"))
    assert "" == credential.read(folders)
