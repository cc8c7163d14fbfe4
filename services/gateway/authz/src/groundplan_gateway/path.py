"""The path of a request, read with suspicion, as it goes on to the service: undecoded.

Envoy has normalised it already. What still looks unusual could mean one thing here and another
behind us, so it is refused instead of understood.
"""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

_PLAIN: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,=:@/-]*")
_ENCODED: Final = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,=:@/-]|%[0-9A-Fa-f]{2})*")
# What nobody encodes without a purpose, and what must not appear even so: separators, dots and
# letters in disguise, a second encoding, parameters, controls.
_DISGUISED: Final = re.compile(rb"[A-Za-z0-9._~/\\%;?#\x00-\x1f\x7f-]")


def segments(path: str) -> tuple[str, ...] | None:
    """Split a path without its query; None when it has no single meaning.

    A slash at the end makes no difference: `/a/` and `/a` are one resource to the services.
    """
    if not path.startswith("/") or not (is_plain(path) or _is_honest(path)):
        return None
    parts = tuple(path.removesuffix("/").split("/")[1:])
    return None if any(part in ("", ".", "..") for part in parts) else parts


def is_plain(path: str) -> bool:
    """Tell whether the path holds only characters that need no encoding."""
    return _PLAIN.fullmatch(path) is not None


def _is_honest(path: str) -> bool:
    """Tell whether only such characters are encoded as must be, and they make text."""
    if _ENCODED.fullmatch(path) is None:
        return False
    encoded = b"".join(unquote_to_bytes(found) for found in re.findall(r"(?:%..)+", path))
    try:
        encoded.decode()
    except UnicodeDecodeError:
        return False
    return _DISGUISED.search(encoded) is None
