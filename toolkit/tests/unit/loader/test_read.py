"""Reading the file."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import read
from groundplan.loader.code import Code


def refusal(path: Path) -> tuple[str, int, int]:
    """Return code and place of the refusal of a path."""
    with pytest.raises(PlatformFileError) as caught:
        read.read(path, path.name)
    (problem,) = caught.value.problems
    return problem.code, problem.line, problem.column


def test_reads_text_with_and_without_a_mark(tmp_path: Path) -> None:
    """The byte order mark that some editors write is not text."""
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: caf\xc3\xa9\n")
    assert "name: café\n" == read.read(path, "p.yaml")


def test_refuses_what_is_not_a_readable_text(tmp_path: Path) -> None:
    """Missing, a folder, too large, not UTF-8: each has its code, the last its place."""
    large, latin = tmp_path / "large", tmp_path / "latin"
    large.write_bytes(b"#" * (read.LARGEST + 1))
    latin.write_bytes(b"a: b\nc: \xff\n")
    assert (Code.UNREADABLE, 0, 0) == refusal(tmp_path / "none")
    assert (Code.UNREADABLE, 0, 0) == refusal(tmp_path)
    assert (Code.UNREADABLE, 0, 0) == refusal(tmp_path / ("x" * 300))
    assert (Code.TOO_LARGE, 0, 0) == refusal(large)
    assert (Code.NOT_TEXT, 2, 4) == refusal(latin)


def test_reads_the_largest(tmp_path: Path) -> None:
    """A file of exactly 1 MiB is read."""
    path = tmp_path / "p.yaml"
    path.write_bytes(b"#" * read.LARGEST)
    assert read.LARGEST == len(read.read(path, "p.yaml"))
