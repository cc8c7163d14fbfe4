"""What we wrote into a folder, so that we replace and remove that and nothing else.

The list stands in the folder itself: for every file the digests of what we put there.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from groundplan.errors import DriftError
from groundplan.formats import json as json_format

LIST: Final = ".groundplan-owned"
Digests = Mapping[str, tuple[str, ...]]


def digest(content: bytes) -> str:
    """Return the digest by which we know our files again."""
    return hashlib.sha256(content).hexdigest()


def read(folder: Path) -> Digests:
    """Return the digests of the files that are ours; none where we never wrote.

    Raises:
        DriftError: the list was changed by hand.
    """
    try:
        text = (folder / LIST).read_text("utf-8")
    except FileNotFoundError:
        return {}
    try:
        files = json.loads(text)["files"]
        return {str(path): tuple(map(str, digests)) for path, digests in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        hint = "remove it, then render with --force"
        raise DriftError(f"{folder / LIST} is not as we wrote it", hint=hint) from None


def dump(digests: Digests) -> bytes:
    """Return the list as it stands in the folder."""
    files = {path: list(digests[path]) for path in sorted(digests)}
    return json_format.dump({"files": files}).encode()
