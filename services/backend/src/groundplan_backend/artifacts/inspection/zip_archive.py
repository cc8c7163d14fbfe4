"""Zip archives, read forward: every entry where it stands, then the directory at the end.

Programs unpack by the directory. It must tell of the same entries in the same places as stand
before it, each once: what overlaps, hides or lies about itself is refused.
"""

import bz2
import stat
import struct
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from groundplan_backend.artifacts import names
from groundplan_backend.artifacts.inspection import unpack
from groundplan_backend.artifacts.inspection.budget import Budget
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source

_LOCAL: Final = b"PK\x03\x04"
_DIRECTORY: Final = b"PK\x01\x02"
_DESCRIPTOR: Final = b"PK\x07\x08"
_LOCAL_FORM: Final = struct.Struct("<4s5H3L2H")
_DIRECTORY_FORM: Final = struct.Struct("<4s6H3L5H2L")
_STORED: Final = 0
_MACHINES: Final[dict[int, Callable[[], Any]]] = {8: unpack.deflated, 12: bz2.BZ2Decompressor}
_ENCRYPTED: Final = 0x0041
_HAS_DESCRIPTOR: Final = 0x0008
_UTF8: Final = 0x0800
_IN_EXTRA: Final = 0xFFFFFFFF

Look = Callable[[str, Pull], None]
"""Looks into one entry and reads it to its end."""


class _Entry(NamedTuple):
    name: bytes
    flags: int
    method: int
    size: int
    """As it stands there, compressed."""


class _Counted:
    """A source that knows how far it has been read."""

    def __init__(self, source: Source) -> None:
        self.at = 0
        self.source = Source(self._pull)
        self._from = source

    def _pull(self) -> bytes:
        piece = self._from.some()
        self.at += len(piece)
        return piece

    def place(self) -> int:
        """Return where the next byte stands."""
        return self.at - self.source.held


def walk(source: Source, budget: Budget, look: Look) -> None:
    """Go through an archive to its end.

    Raises:
        Refused: an entry is none that one would unpack, or the archive is not what it says.
    """
    counted = _Counted(source)
    source = counted.source
    seen: dict[int, bytes] = {}
    while source.peek(4) == _LOCAL:
        place = counted.place()
        entry = _local(source)
        budget.entry()
        _check(entry)
        seen[place] = entry.name
        _look_into(source, entry, budget, look)
    _compare(source, seen)
    while source.some():
        pass


def _local(source: Source) -> _Entry:
    fields = _LOCAL_FORM.unpack(source.exactly(_LOCAL_FORM.size))
    flags, method, packed, name, extra = fields[2], fields[3], fields[7], fields[9], fields[10]
    text = source.exactly(name)
    return _Entry(text, flags, method, _whole_size(packed, source.exactly(extra)))


def _whole_size(packed: int, extra: bytes) -> int:
    """Return the compressed size; a large one stands behind the plain size in an extra field."""
    while packed == _IN_EXTRA and len(extra) >= 4:
        tag, length = struct.unpack_from("<2H", extra)
        if tag == 1 and length >= 16 and len(extra) >= 20:
            return int(struct.unpack_from("<2Q", extra, 4)[1])
        extra = extra[4 + length :]
    return packed


def _check(entry: _Entry) -> None:
    name = entry.name.decode("utf-8" if entry.flags & _UTF8 else "cp437", "replace")
    wrong = names.entry_fault(name)
    if entry.flags & _ENCRYPTED:
        wrong = wrong or "is encrypted"
    if entry.method != _STORED and entry.method not in _MACHINES:
        wrong = wrong or "is compressed in an unusual way"
    if wrong is not None:
        raise Refused(f"holds {name[:100]!r}, which {wrong}")


def _look_into(source: Source, entry: _Entry, budget: Budget, look: Look) -> None:
    name = entry.name.decode("utf-8", "replace")
    described = bool(entry.flags & _HAS_DESCRIPTOR)
    if entry.method == _STORED:
        if described and entry.size == 0 and not name.endswith("/"):
            raise Refused(f"holds {name[:100]!r}, which does not say where it ends")
        look(name, _stored(source, entry.size, budget))
    elif described:
        look(name, unpack.once(source, _MACHINES[entry.method], budget))
    else:
        packed = Source(source.limited(entry.size))
        look(name, unpack.once(packed, _MACHINES[entry.method], budget))
        if packed.some():
            raise Refused(f"holds {name[:100]!r}, which has more bytes than its contents")
    if described:
        _skip_descriptor(source)


def _stored(source: Source, size: int, budget: Budget) -> Pull:
    plain = source.limited(size)

    def pull() -> bytes:
        piece = plain()
        budget.unpack(len(piece))
        return piece

    return pull


def _skip_descriptor(source: Source) -> None:
    """Sizes are of four or eight bytes, with or without a signature: the next header tells."""
    signed = 4 if source.peek(4) == _DESCRIPTOR else 0
    for length in (12, 20):
        after = source.peek(signed + length + 4)[signed + length :]
        if after in (_LOCAL, _DIRECTORY):
            source.exactly(signed + length)
            return
    raise Refused("has an entry that does not say where it ends")


def _compare(source: Source, seen: dict[int, bytes]) -> None:
    while source.peek(4) == _DIRECTORY:
        fields = _DIRECTORY_FORM.unpack(source.exactly(_DIRECTORY_FORM.size))
        name, extra, comment = fields[10:13]
        text = source.exactly(name)
        place = _whole_place(fields, source.exactly(extra))
        source.exactly(comment)
        if seen.pop(place, None) != text:
            raise Refused("has a directory that tells of other files than it holds")
        if stat.S_ISLNK(fields[15] >> 16):
            raise Refused(f"holds {text[:100]!r}, which is a link")
    if seen:
        raise Refused("holds files that its directory hides")
    if source.peek(4) not in (b"PK\x05\x06", b"PK\x06\x06"):
        raise Refused("is a zip archive without an end")


def _whole_place(fields: tuple[Any, ...], extra: bytes) -> int:
    """Return where an entry begins; a far one stands in an extra field, after large sizes."""
    place = int(fields[16])
    while place == _IN_EXTRA and len(extra) >= 4:
        tag, length = struct.unpack_from("<2H", extra)
        if tag == 1:
            skipped = 8 * sum(fields[index] == _IN_EXTRA for index in (8, 9))
            if length >= skipped + 8 and len(extra) >= 4 + skipped + 8:
                return int(struct.unpack_from("<Q", extra, 4 + skipped)[0])
        extra = extra[4 + length :]
    return place
