"""Git from PATH: asked in a folder, never asking back, with a limit in time."""

import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from groundplan.errors import ToolError
from groundplan.tools.found import Found, missing, on_path, version_of

OLDEST: Final = (2, 29)
"""The first that fetches without leaving FETCH_HEAD behind."""
LIMIT: Final = 120.0
"""Seconds after which a command is given up."""
QUIET: Final = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
"""Git asks for no password, takes no lock that it can do without, and speaks English."""


HINTS: Final = (
    (
        r"tell me who you are|empty ident|no email was given",
        "say who commits: `git config user.name NAME` and `git config user.email ADDRESS`",
    ),
    (
        r"could not read Username|Authentication failed|Permission denied|HTTP 40[13]",
        "the remote asks for credentials: sign in (`gh auth setup-git`, or a key), and repeat",
    ),
    (
        r"Could not resolve host|unable to access|Could not read from remote|Connection",
        "look at the network and at `git remote -v`; nothing was changed, and it can be repeated",
    ),
    (
        r"protected branch|pre-receive hook declined|GH006",
        "the remote guards this branch: let whoever deploys push to it, or choose --branch",
    ),
)
"""Git's words, and the way out."""


class GitError(ToolError):
    """Git refused; `words` are its own."""

    def __init__(self, command: str, words: str) -> None:
        found = (hint for pattern, hint in HINTS if re.search(pattern, words, re.IGNORECASE))
        super().__init__(f"git {command} failed; git says: {words}", hint=next(found, ""))
        self.words = words


def find() -> Found:
    """Return git.

    Raises:
        ToolError: it is not there, or too old.
    """
    path = on_path("git")
    version = version_of(path, "--version") if path else None
    if path and version and version >= OLDEST:
        return Found("git", path, version, "PATH")
    wanted = f"git {'.'.join(map(str, OLDEST))} or newer"
    raise missing(wanted, "install it (git-scm.com), and have it on PATH")


@cache
def _program() -> Found:
    """Return git, looked for once."""
    return find()


def run(
    folder: Path,
    *words: str,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    limit: float = LIMIT,
) -> bytes:
    """Return what git says in a folder.

    Args:
        folder: where it is asked.
        words: the command and its words.
        stdin: what it reads.
        environment: more variables than ours.
        limit: seconds that it may take.

    Raises:
        GitError: it refuses, or takes too long.
    """
    try:
        answer = subprocess.run(
            [_program().path, *words],
            cwd=folder,
            env={**os.environ, **QUIET, **(environment or {})},
            input=stdin,
            capture_output=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitError(words[0], f"nothing for {limit:.0f} s") from None
    if answer.returncode:
        said = answer.stderr or answer.stdout
        raise GitError(words[0], said.decode("utf-8", "replace").strip())
    return answer.stdout


def line(folder: Path, *words: str) -> str:
    """Return the one line that git says.

    Raises:
        GitError: it refuses.
    """
    return run(folder, *words).decode("utf-8", "replace").strip()
