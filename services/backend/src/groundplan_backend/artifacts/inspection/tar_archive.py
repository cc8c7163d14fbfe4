"""Tar archives, read forward: names, links and kinds of entries, and what is in them."""

import tarfile
from collections.abc import Callable
from typing import Final

from groundplan_backend.artifacts import names
from groundplan_backend.artifacts.inspection.budget import Budget
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source

_BLOCK: Final = tarfile.BLOCKSIZE
_LONGEST: Final = 1 << 16
"""Bytes of a header that extends the next one."""
_EXTENDS: Final = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_LONG: Final = {tarfile.GNUTYPE_LONGNAME: "path", tarfile.GNUTYPE_LONGLINK: "linkpath"}
_FILES: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS: Final = (tarfile.SYMTYPE, tarfile.LNKTYPE)

Look = Callable[[str, Pull], None]
"""Looks into one entry and reads it to its end."""


def walk(source: Source, budget: Budget, look: Look) -> None:
    """Go through an archive to its end.

    Raises:
        Refused: an entry is none that one would unpack, or the archive is damaged.
    """
    told: dict[str, str] = {}
    while header := _header(source):
        if header.type in _EXTENDS or header.type in _LONG:
            told.update(_extension(source, header))
            continue
        budget.entry()
        _entry(source, header, told, look)
        told = {}
    while source.some():
        pass


def _header(source: Source) -> tarfile.TarInfo | None:
    block = source.read(_BLOCK)
    if not block or block.count(0) == _BLOCK:
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise Refused("is a damaged tar archive") from error


def _extension(source: Source, header: tarfile.TarInfo) -> dict[str, str]:
    if not 0 <= header.size <= _LONGEST:
        raise Refused("has a header that is too long")
    content = _padded(source, header.size)
    if header.type in _LONG:
        return {_LONG[header.type]: content.rstrip(b"\0").decode("utf-8", "surrogateescape")}
    if header.type == tarfile.XGLTYPE:
        return {}
    return dict(_records(content))


def _records(content: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    while content.strip(b"\0"):
        digits, _, rest = content.partition(b" ")
        length = int(digits) if digits.isdigit() and len(digits) < 6 else 0
        if not len(digits) + 1 < length <= len(content):
            raise Refused("has a header that cannot be read")
        key, _, value = rest[: length - len(digits) - 2].partition(b"=")
        found.append((key.decode("utf-8", "replace"), value.decode("utf-8", "surrogateescape")))
        content = content[length:]
    return found


def _entry(source: Source, header: tarfile.TarInfo, told: dict[str, str], look: Look) -> None:
    name = told.get("path", header.name)
    wrong = names.entry_fault(name)
    if wrong is None and header.type in _LINKS:
        target = told.get("linkpath", header.linkname)
        # A hard link counts from the archive's root, a symbolic one from its own folder.
        wrong = names.link_fault(name if header.issym() else "", target)
    elif wrong is None and header.type not in (*_FILES, tarfile.DIRTYPE):
        wrong = "is neither a file nor a folder nor a link"
    if wrong is not None:
        raise Refused(f"holds {name[:100]!r}, which {wrong}")
    size = _size(header, told)
    if header.type in _FILES:
        look(name, source.limited(size))
        source.exactly(-size % _BLOCK)


def _size(header: tarfile.TarInfo, told: dict[str, str]) -> int:
    text = told.get("size", str(header.size))
    if not text.isdigit() or len(text) > 18:
        raise Refused("has an entry without a proper size")
    return int(text)


def _padded(source: Source, size: int) -> bytes:
    content = source.exactly(size)
    source.exactly(-size % _BLOCK)
    return content
