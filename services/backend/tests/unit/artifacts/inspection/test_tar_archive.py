"""Tar archives that one would unpack, and those that one would regret."""

import io
import tarfile
from collections.abc import Callable

import pytest

from groundplan_backend.artifacts.inspection import tar_archive
from groundplan_backend.artifacts.inspection.budget import Budget, Limits
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source


def _tar(*entries: tarfile.TarInfo, kind: int = tarfile.PAX_FORMAT) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=kind) as archive:
        for entry in entries:
            archive.addfile(entry, io.BytesIO(b"x" * entry.size))
    return whole.getvalue()


def _entry(name: str, size: int = 3, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size = size
    for word, value in more.items():
        setattr(made, word, value)
    return made


def _walk(whole: bytes, limits: Limits | None = None) -> dict[str, int]:
    found: dict[str, int] = {}

    def look(name: str, pull: Pull) -> None:
        found[name] = 0
        while piece := pull():
            found[name] += len(piece)

    pieces = iter([whole[at : at + 700] for at in range(0, len(whole), 700)])
    source = Source(lambda: next(pieces, b""))
    tar_archive.walk(source, Budget(limits or Limits()), look)
    return found


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_all_files_are_looked_into(kind: int) -> None:
    """Short names, long names, folders and links that stay inside, in every form of tar."""
    long = "/".join(["folder"] * 12) + "/file"
    folder = _entry("a", 0, type=tarfile.DIRTYPE)
    link = _entry("a/link", 0, type=tarfile.SYMTYPE, linkname="../b")
    whole = _tar(folder, _entry("a/b", 2000), link, _entry(long, 0), kind=kind)
    assert {"a/b": 2000, long: 0} == _walk(whole)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (_entry("../../etc/passwd"), "leads out"),
        (_entry("/etc/passwd"), "absolute"),
        (_entry("a", 0, type=tarfile.SYMTYPE, linkname="/etc/passwd"), "absolute"),
        (_entry("a", 0, type=tarfile.SYMTYPE, linkname="../up"), "link that leads out"),
        (_entry("a/b", 0, type=tarfile.LNKTYPE, linkname="../up"), "link that leads out"),
        (_entry("a", 0, type=tarfile.CHRTYPE), "neither"),
        (_entry("a", 0, type=tarfile.FIFOTYPE), "neither"),
        (_entry("x" * 90_000), "too long"),
    ],
)
def test_what_would_leave_the_folder_is_refused(entry: tarfile.TarInfo, reason: str) -> None:
    """Paths, links, devices and headers without an end."""
    with pytest.raises(Refused, match=reason):
        _walk(_tar(_entry("fine"), entry))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole[:2000],
        lambda whole: whole[:10] + b"\xff" * 600 + whole[610:],
        lambda whole: whole.replace(b"size=", b"size=9999999999999999999999")[:4096],
    ],
)
def test_what_is_damaged_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    """Never taken for the end."""
    entry = _entry("folder/" * 30 + "ü", 3000, pax_headers={"size": "3000"})
    with pytest.raises(Refused):
        _walk(spoil(_tar(entry)))


def test_entries_are_counted() -> None:
    """At the limit all is well, one more is refused."""
    whole = _tar(*(_entry(str(number)) for number in range(5)))
    assert 5 == len(_walk(whole, Limits(entries=5)))
    with pytest.raises(Refused, match="more than 4 files"):
        _walk(whole, Limits(entries=4))
