"""Which names files may have. A name is only ever shown and handed back, it becomes no path here;
but whoever fetches a file saves it under that name, on any system.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

MOST: Final = 255
"""Bytes in UTF-8."""
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE
)
_LOOK_ALIKE: Final = frozenset(
    "\u2044\u2215\u29f8\uff0f\uff3c\u2216\u29f5\ufe68\uff0e\u2024\u2025\u2026"
)
"""Slashes, backslashes and dots that some system folds into the real ones."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that cannot be seen, or turn the order of those that can."""


def fault(name: str) -> str | None:
    """Return what is wrong with a file's name, or nothing."""
    if not name:
        return "must not be empty"
    if any(unicodedata.category(sign) in _UNSEEN for sign in name):
        return "must have no control character and none that cannot be seen"
    if len(name.encode()) > MOST:
        return f"must have at most {MOST} bytes in UTF-8"
    if unicodedata.normalize("NFC", name) != name:
        return "must be in Unicode's composed form (NFC)"
    return _placed(name) or _placed(unquote(name, errors="replace"))


def _placed(name: str) -> str | None:
    if _FORBIDDEN & set(name) or _LOOK_ALIKE & set(name):
        return "must be a name without a folder, and without any of " + " ".join(
            sorted(_FORBIDDEN)
        )
    if any(ord(sign) < 32 for sign in name):
        return "must have no control character and none that cannot be seen"
    if name.strip(". ") != name:
        return "must not begin or end with a dot or a space"
    if _RESERVED.fullmatch(name):
        return "is a device's name on some systems"
    return None


def entry_fault(name: str) -> str | None:
    """Return what is wrong with a path inside an archive, or nothing."""
    if not name or len(name) > 4096 or any(ord(sign) < 32 for sign in name):
        return "has no proper name"
    if "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "has an absolute path"
    if ".." in name.split("/"):
        return "leads out of the archive"
    return None


def link_fault(name: str, target: str) -> str | None:
    """Return what is wrong with a link inside an archive, or nothing."""
    if entry_fault(target) not in (None, "leads out of the archive"):
        return "is a link to an absolute path"
    depth = len([part for part in name.split("/")[:-1] if part not in ("", ".")])
    for part in target.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return "is a link that leads out of the archive"
    return None


def disposition(name: str) -> str:
    """Return the `Content-Disposition` that saves a file under its name (RFC 6266)."""
    plain = "".join(sign if sign.isascii() and sign not in '"%;' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
