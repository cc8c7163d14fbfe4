"""The whole look at one file: digest, kind, known bad contents, and archives down to the last."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from groundplan_backend.artifacts import sniff
from groundplan_backend.artifacts.inspection import tar_archive, unpack, zip_archive
from groundplan_backend.artifacts.inspection.budget import Budget, Limits
from groundplan_backend.artifacts.inspection.signatures import Scan
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source

_PIXELS: Final = 100_000_000
"""A picture with more takes a viewer's memory, however small its file is."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is. `refusal` says why it is not taken, as the end of a sentence about it."""

    sha256: bytes
    media_type: str
    refusal: str | None


def inspect(name: str, pull: Pull, limits: Limits) -> Found:
    """Read a file to its end, or to the first reason not to take it."""
    digest, scan, budget = hashlib.sha256(), Scan(), Budget(limits)

    def watched() -> bytes:
        piece = pull()
        digest.update(piece)
        scan.feed(piece)
        return piece

    source = Source(budget.packed(watched))
    refusal, media_type = None, sniff.UNKNOWN
    try:
        head = source.peek(sniff.HEAD)
        media_type = sniff.kind(head, name)
        refusal = sniff.fault(media_type, name) or _picture_fault(head, media_type)
        if refusal is None:
            _look_through(source, media_type, budget, 1)
        while refusal is None and source.some():
            pass
    except Refused as error:
        refusal = str(error)
    return Found(digest.digest(), media_type, refusal)


def _look_through(source: Source, kind: str, budget: Budget, depth: int) -> None:
    """Go through an archive; anything else is left as it is."""
    if kind not in sniff.ARCHIVES:
        return
    if depth > budget.limits.depth:
        raise Refused(f"holds archives in archives, more than {budget.limits.depth} deep")

    def look(_: str, pull: Pull) -> None:
        _look_into(Source(pull), budget, depth + 1)

    if kind == sniff.ZIP:
        zip_archive.walk(source, budget, look)
    elif kind == sniff.TAR:
        tar_archive.walk(source, budget, look)
    else:
        plain = Source(unpack.all_of(source, unpack.MAKERS[kind], budget))
        # A compressed tar archive is one archive, not two.
        is_tar = sniff.kind(plain.peek(sniff.HEAD), "") == sniff.TAR
        _look_into(plain, budget, depth if is_tar else depth + 1)


def _look_into(source: Source, budget: Budget, depth: int) -> None:
    """Look at one unpacked file and read it to its end."""
    scan = Scan()

    def watched() -> bytes:
        piece = source.some()
        scan.feed(piece)
        return piece

    inner = Source(watched)
    _look_through(inner, sniff.kind(inner.peek(sniff.HEAD), ""), budget, depth)
    while inner.some():
        pass


def _picture_fault(head: bytes, kind: str) -> str | None:
    if kind == "image/png" and len(head) >= 24:
        width, height = struct.unpack_from(">2L", head, 16)
    elif kind == "image/gif" and len(head) >= 10:
        width, height = struct.unpack_from("<2H", head, 6)
    else:
        return None
    return f"is a picture of {width} by {height} pixels" if width * height > _PIXELS else None
