"""Zip archives: honest ones of every kind, and those that lie."""

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from groundplan_backend.artifacts.inspection import zip_archive
from groundplan_backend.artifacts.inspection.budget import Budget, Limits
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source


class _Pipe(io.RawIOBase):
    """Cannot be searched, so that the writer tells sizes behind the entries."""

    def __init__(self) -> None:
        self.whole = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.whole += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, pipe: bool = False) -> bytes:
    out = _Pipe() if pipe else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:  # type: ignore[arg-type]
        for name, content in files.items():
            archive.writestr(name, content)
    return out.whole if isinstance(out, _Pipe) else out.getvalue()


def _walk(whole: bytes, limits: Limits | None = None, step: int = 300) -> dict[str, bytes]:
    found: dict[str, bytes] = {}

    def look(name: str, pull: Pull) -> None:
        found[name] = b""
        while piece := pull():
            found[name] += piece

    budget = Budget(limits or Limits())
    pieces = iter([whole[at : at + step] for at in range(0, len(whole), step)])
    source = Source(budget.packed(lambda: next(pieces, b"")))
    zip_archive.walk(source, budget, look)
    return found


FILES = {"a/b.txt": b"text" * 1000, "folder/": b"", "c": os.urandom(3000), "empty": b""}


@pytest.mark.parametrize("pipe", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_entry_is_looked_into(method: int, pipe: bool) -> None:
    """Compressed in either way, sizes before or behind."""
    assert FILES == _walk(_zip(FILES, method, pipe))


def test_stored_entries_and_large_forms_are_read() -> None:
    """What is not compressed, and what tells its sizes in 64 bits."""
    assert FILES == _walk(_zip(FILES, zipfile.ZIP_STORED), step=1)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("large", "w", force_zip64=True) as file,
    ):
        file.write(b"x" * 5000)
    assert {"large": b"x" * 5000} == _walk(out.getvalue())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/passwd", "leads out"),
        ("/etc/passwd", "absolute"),
        ("C:/windows", "absolute"),
        ("a\\..\\b", "absolute"),
        ("a\nb", "no proper name"),
    ],
)
def test_paths_that_leave_are_refused(name: str, reason: str) -> None:
    """Zip slip, in every spelling."""
    whole = _zip({"x" * len(name): b"1"}).replace(b"x" * len(name), name.encode())
    with pytest.raises(Refused, match=reason):
        _walk(whole)


def test_links_are_refused() -> None:
    """A link in a zip stands only in its directory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(Refused, match="is a link"):
        _walk(out.getvalue())


def test_a_bomb_is_refused_early() -> None:
    """42.zip's layers, each 1000:1, do not get past the first 16 MiB."""
    with pytest.raises(Refused, match="more than 100 times its size"):
        _walk(_zip({"zeros": bytes(24 << 20)}))


def test_entries_are_counted() -> None:
    """At the limit all is well, one more is refused."""
    whole = _zip({str(number): b"" for number in range(5)})
    assert 5 == len(_walk(whole, Limits(entries=5)))
    with pytest.raises(Refused, match="more than 4 files"):
        _walk(whole, Limits(entries=4))


def _overlapping() -> bytes:
    """Every file of the directory is the same bytes: small here, huge when unpacked."""
    whole = _zip({"a": b"x" * 1000})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    directory = whole[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(directory) * 50, start, 0)
    return whole[:start] + directory * 50 + tail


def _hidden() -> bytes:
    """A file stands in the archive of which its directory does not tell."""
    one, two = _zip({"seen": b"1"}), _zip({"hidden": b"2"})
    return two[: two.index(b"PK\x01\x02")] + one


def _swapped() -> bytes:
    """The directory calls a file otherwise than the file itself does."""
    whole = _zip({"inner.txt": b"1"})
    at = whole.index(b"PK\x01\x02")
    return whole[:at] + whole[at:].replace(b"inner.txt", b"../../etc")


def _encrypted() -> bytes:
    whole = bytearray(_zip({"a": b"1"}))
    whole[6] |= 1
    return bytes(whole)


def _lying() -> bytes:
    """It says that it is larger than it is, to hide something behind its contents."""
    whole = bytearray(_zip({"a": b"x" * 100}))
    packed = struct.unpack_from("<L", whole, 18)[0]
    struct.pack_into("<L", whole, 18, packed + 5)
    return bytes(whole[: 31 + packed]) + b"hello" + bytes(whole[31 + packed :])


@pytest.mark.parametrize(
    "make",
    [
        _overlapping,
        _hidden,
        _swapped,
        _encrypted,
        _lying,
        lambda: _zip(FILES)[:2000],
        lambda: _zip(FILES)[:-22],
        lambda: _zip(FILES, zipfile.ZIP_LZMA),
        lambda: _zip({"a": b"1"}).replace(b"PK\x01\x02", b"PK\x09\x09"),
    ],
)
def test_what_is_not_as_it_says_is_refused(make: Callable[[], bytes]) -> None:
    """Overlaps, hidden files, other names, encryption, lengths that lie, ends that are missing."""
    with pytest.raises(Refused):
        _walk(make())
