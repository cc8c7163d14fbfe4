"""The store of one machine."""

import os
from pathlib import Path

import pytest

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects.folder import Folder
from groundplan_backend.objects.sealed import FRAME
from groundplan_backend.settings import Secret

NAME = "ab/object-1"


async def _put(folder: Folder, content: bytes, step: int = 100_000) -> None:
    async with folder.writing(NAME, len(content)) as writer:
        for start in range(0, len(content), step):
            await writer.write(content[start : start + step])


async def _get(folder: Folder, size: int, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in folder.read(NAME, size, start, end)])


@pytest.mark.parametrize("size", [0, 1, FRAME, FRAME + 1, 6 * FRAME + 17])
async def test_what_is_put_in_comes_out(tmp_path: Path, size: int) -> None:
    """Whole, and in any range."""
    folder, content = Folder(tmp_path, Secret("k")), os.urandom(size)
    await _put(folder, content)
    assert (size, content) == (await folder.size(NAME), await _get(folder, size, 0, size))
    for start, end in ((0, 1), (size // 2, size), (FRAME - 1, FRAME + 1), (size // 3, size // 2)):
        if start < end <= size:
            assert content[start:end] == await _get(folder, size, start, end)


async def test_nothing_of_it_can_be_read_on_the_disk(tmp_path: Path) -> None:
    """At rest there are only sealed bytes, in a folder that is closed to others."""
    await _put(Folder(tmp_path / "store", Secret("k")), b"secret words" * 1000)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert b"secret" not in file.read_bytes()
    assert 0o700 == (tmp_path / "store").stat().st_mode & 0o777


async def test_a_write_that_fails_leaves_nothing(tmp_path: Path, until: object) -> None:
    """Neither an object nor a file beside it."""
    folder = Folder(tmp_path, Secret("k"))
    with pytest.raises(RuntimeError):
        await _fail(folder)
    assert None is await folder.size(NAME)
    until(lambda: not [path for path in tmp_path.rglob("*") if path.is_file()])  # type: ignore[operator]


async def _fail(folder: Folder) -> None:
    async with folder.writing(NAME, 1 << 30) as writer:
        await writer.write(os.urandom(3 << 20))
        raise RuntimeError


async def test_changed_bytes_are_not_handed_out(tmp_path: Path) -> None:
    """A flipped bit, a cut end and another key: the store is out of order, and says so."""
    folder, content = Folder(tmp_path, Secret("k")), os.urandom(2 * FRAME)
    await _put(folder, content)
    with pytest.raises(DependencyUnavailable):
        await _get(Folder(tmp_path, Secret("other")), len(content), 0, 1)
    file = tmp_path / NAME
    whole = file.read_bytes()
    for spoilt in (whole[:500] + bytes([whole[500] ^ 1]) + whole[501:], whole[:-20]):
        file.write_bytes(spoilt)
        with pytest.raises(DependencyUnavailable):
            await _get(folder, len(content), 0, len(content))


async def test_removing_twice_is_removing(tmp_path: Path) -> None:
    """What is not there is not missed; reading it is another matter."""
    folder = Folder(tmp_path, Secret("k"))
    await _put(folder, b"x")
    await folder.remove([NAME])
    await folder.remove([NAME])
    assert None is await folder.size(NAME)
    with pytest.raises(DependencyUnavailable):
        await _get(folder, 1, 0, 1)


async def test_names_of_others_reach_nothing(tmp_path: Path) -> None:
    """A path is refused before the disk is asked."""
    folder = Folder(tmp_path / "store", Secret("k"))
    for name in ("../up", "/etc/passwd", "a/../../b"):
        with pytest.raises(ValueError, match="no object of ours"):
            await folder.size(name)
