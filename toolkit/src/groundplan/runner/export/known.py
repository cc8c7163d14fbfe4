"""The values of a run that must not be told: files of secrets, keys, and the environment's."""

import getpass
import json
import os
import re
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from groundplan.model.folders import Folders
from groundplan.runner.export import patterns

REPOSITORY: Final = Path(__file__).resolve().parents[5]
_SECRET: Final = re.compile(patterns.WORDS + "|key$", re.IGNORECASE)
_COMMON: Final = frozenset(
    ("root", "user", "admin", "nobody", "postgres", "redis", "nginx", "runner", "localhost")
)
"""Names that tell nothing of whom, and stand in many texts for other things."""
_LEAST: Final = 4
"""Letters of a name that can be told from other text."""


def secrets_of(folders: Folders, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return every secret of a data folder and of the environment, by name."""
    found: dict[str, str] = {}
    for path, text in _texts(folders):
        for name, value in _values(path.name, text):
            found.setdefault(name, value)
    for name, value in _of_environment(os.environ if environment is None else environment):
        found.setdefault(f"environment {name}", value)
    return found


def places_of(folders: Folders) -> dict[str, str]:
    """Return what stands in the place of paths and names of this machine."""
    found = {
        str(REPOSITORY): "<repository>",
        folders.source: "<source>",
        folders.run: "<run>",
        folders.data: "<data>",
        os.path.realpath(folders.data): "<data>",
        str(Path.home()): "~",
    }
    user = _user()
    private = f"{tempfile.gettempdir()}/groundplan-{os.getuid()}"
    found |= {private: "<private>", f"/home/{user}": "~"}
    found |= dict.fromkeys((socket.gethostname(), socket.getfqdn()), "<host>")
    found[user] = "<user>"
    return {name: each for name, each in found.items() if _tells(name)}


def _tells(name: str) -> bool:
    return len(name) >= _LEAST and name not in _COMMON


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _texts(folders: Folders) -> Iterator[tuple[Path, str]]:
    for folder in (folders.secrets, f"{folders.config}/secrets", folders.certificates):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".crt", ".pem.pub"):
                continue
            try:
                yield path, path.read_text(encoding="utf-8").strip()
            except (OSError, ValueError):
                continue


def _values(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a file's secrets: texts of an object, lines of a key, a URL and its password."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if isinstance(told, dict):
        for key, value in told.items():
            if isinstance(value, str):
                yield f"{name}: {key}", value
        return
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("---")]
    for number, line in enumerate(lines, 1):
        yield (name if len(lines) == 1 else f"{name}, line {number}"), line.strip()
    yield from ((f"{name}: password", each) for each in _password(text))


def _of_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in environment.items():
        if _SECRET.search(name) and not Path(value).exists():
            yield name, value
        yield from ((f"{name}: password", each) for each in _password(value))


def _password(text: str) -> Iterator[str]:
    """Yield the password of a URL, as it is written and as it is meant."""
    if "://" not in text or "\n" in text:
        return
    try:
        password = urlsplit(text).password
    except ValueError:
        return
    if password:
        yield unquote(password)
