"""Whom the runner believes when it speaks to components, and the names that they must bear."""

import ssl
from functools import lru_cache
from pathlib import Path

from groundplan.model.process import Process


def of(authority: str) -> ssl.SSLContext | None:
    """Return how to speak to whom an authority vouches for; None without one, unencrypted.

    Raises:
        OSError: the authority's file cannot be read.
    """
    if not authority:
        return None
    return _context(authority, Path(authority).stat().st_mtime_ns)


def name_of(process: Process) -> str:
    """Return the name in a process' certificate: the component's, or of whom it speaks for."""
    return process.component.partition(".")[0]


@lru_cache(maxsize=64)
def _context(authority: str, _written_at: int) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
