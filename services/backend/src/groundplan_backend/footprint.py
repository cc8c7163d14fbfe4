"""Keeps a replica small and its answers even: `shrink` first of all, `settle` before serving.

Litestar, structlog and PyJWT import what they find installed, used or not; and glibc keeps
what a password hash has borrowed. Together that is about 50 MB a replica.
"""

import ctypes
import gc
import sys
from typing import Final

_UNUSED: Final = ("attr", "attrs", "pydantic", "pydantic_core", "pygments", "rich")
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


def shrink() -> None:
    """Hide optional dependencies from libraries, and give freed memory back to the system."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        # A fixed threshold: else the first freed hash teaches malloc to keep the next one.
        mallopt(_M_MMAP_THRESHOLD, 1 << 20)
        # Less would hand back and ask again for what every piece of a stream needs.
        mallopt(_M_TRIM_THRESHOLD, 4 << 20)
        mallopt(_M_ARENA_MAX, 2)


def settle() -> None:
    """Spare the garbage collector what lives as long as the process: pauses of 20 ms and more."""
    gc.collect()
    gc.freeze()
