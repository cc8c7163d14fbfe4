"""The runbooks that are packaged with the backend: what to do when an alert has come.

An image holds them in `pages/` beside this module; in a checkout they are read where they are
written, in `docs/runbooks/`.
"""

import re
from functools import cached_property
from pathlib import Path
from typing import Final

from groundplan_backend.errors import NotFound
from groundplan_backend.telemetry.schemas import Runbook, RunbookPage, RunbookTitle

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")
_TITLE: Final = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_NOT_ONE: Final = "README"


def packaged() -> Path:
    """Return the folder where the runbooks are."""
    beside = Path(__file__).with_name("pages")
    if beside.is_dir():
        return beside
    return Path(__file__).parents[5] / "docs" / "runbooks"


class Runbooks:
    """The runbooks of a folder, read once."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or packaged()

    def page(self) -> RunbookPage:
        """Return all, by name."""
        items = [RunbookTitle(name=one.name, title=one.title) for one in self._known.values()]
        return RunbookPage(items=items, next=None)

    def one(self, name: str) -> Runbook:
        """Return one.

        Raises:
            NotFound: there is none of this name.
        """
        found = self._known.get(name)
        if found is None:
            raise NotFound("there is no such runbook")
        return found

    @cached_property
    def _known(self) -> dict[str, Runbook]:
        if not self._folder.is_dir():
            return {}
        files = [
            file
            for file in sorted(self._folder.glob("*.md"))
            if _NAME.fullmatch(file.stem) and file.stem != _NOT_ONE
        ]
        return {file.stem: _read(file) for file in files}


def _read(file: Path) -> Runbook:
    text = file.read_text(encoding="utf-8")
    found = _TITLE.search(text)
    return Runbook(name=file.stem, title=found[1] if found else file.stem, text=text)
