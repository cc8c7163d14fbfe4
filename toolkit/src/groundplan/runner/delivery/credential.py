"""The API token with which the runner speaks to its own platform: asked of the backend's code.

It stands in a file that only the owner of the data folder can read.
"""

import asyncio
import sys
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.model.process import Process
from groundplan.runner import command, disk

PATIENCE = 30.0


def file(folders: Folders) -> Path:
    """Return where the token stands."""
    return Path(folders.secrets, "runner-token")


def read(folders: Folders) -> str:
    """Return the token; empty where there is none yet."""
    try:
        return file(folders).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


async def make(folders: Folders, backend: Process) -> str:
    """Return a new token, which ends those before it.

    Args:
        folders: of the run.
        backend: a replica of the backend, whose settings lead to the database.

    Raises:
        ToolError: the backend's code makes none.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "groundplan_backend", "runner-token"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=backend.directory,
        env=command.environment(folders.data, backend.environment),
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, wrong = await child.communicate()
    except TimeoutError:
        child.kill()
        raise ToolError(f"the backend made no token within {PATIENCE:g} s") from None
    token = said.decode().strip().rpartition("\n")[2]
    if child.returncode or not token:
        raise ToolError(f"the backend made no token: {wrong.decode(errors='replace').strip()}")
    disk.write(file(folders), token + "\n", 0o600)
    return token
