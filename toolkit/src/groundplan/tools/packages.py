"""How Python packages are installed here: by uv where it is on PATH, else by venv and pip."""

import shutil
import sys
from collections.abc import Sequence


def make_environment(folder: str) -> list[str]:
    """Return the command that makes a virtual environment of our Python."""
    if uv := shutil.which("uv"):
        return [uv, "venv", "--quiet", "--python", sys.executable, folder]
    return [sys.executable, "-m", "venv", folder]


def install(python: str, words: Sequence[str]) -> list[str]:
    """Return the command that installs packages for an interpreter."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", python, *words]
    return [python, "-m", "pip", "install", "--disable-pip-version-check", *words]
