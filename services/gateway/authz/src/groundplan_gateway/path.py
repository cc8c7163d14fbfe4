"""The path of a request, read with suspicion.

Envoy has normalised it already and the HTTP server has decoded it once. What still looks unusual
could mean one thing here and another behind us, so it is refused instead of understood.
"""

import re
from typing import Final

# Encoded a second time, a parameter, a Windows separator, a query inside the path, controls, and
# the sign that the bytes were no UTF-8.
_SUSPECT: Final = re.compile("[%;\\\\?#\x00-\x1f\x7f-\x9f\ufffd]")
_PLAIN: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,=:@/-]*")


def segments(path: str) -> tuple[str, ...] | None:
    """Split a decoded path; None when it has no single meaning.

    A slash at the end makes no difference: `/a/` and `/a` are one resource to the services.
    """
    if not path.startswith("/") or _SUSPECT.search(path):
        return None
    parts = tuple(path.removesuffix("/").split("/")[1:])
    return None if any(part in ("", ".", "..") for part in parts) else parts


def is_plain(path: str) -> bool:
    """Tell whether the path holds only the characters that need no encoding."""
    return _PLAIN.fullmatch(path) is not None
