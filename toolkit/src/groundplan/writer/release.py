"""Writes `releases/<environment>.json`: all of it or nothing."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from groundplan.errors import MachineError
from groundplan.formats import json
from groundplan.model import release
from groundplan.model.release import Release

PART: Final = ".groundplan-part"


def write(file: str | Path, environment: str, found: Release) -> Path:
    """Put an environment's release beside the platform file, and return where.

    Raises:
        MachineError: the disk is full or refuses; the release is as it was.
    """
    path = Path(file).parent / release.path(environment)
    part = path.with_name(f"{path.name}{PART}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dump(found.document()), "utf-8")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        wrong = f"cannot write {path}: {error.strerror or error}"
        raise MachineError(wrong, hint="free some space; the release is as it was") from None
    return path
