"""The command."""

from pathlib import Path

from bench.upload import run


def test_the_file_has_its_size_and_cannot_be_compressed(tmp_path: Path) -> None:
    """A tier that compressed it would win nothing."""
    import zlib

    content = run._file(tmp_path / "a", 2 << 20).read_bytes()
    assert 2 << 20 == len(content)
    assert len(zlib.compress(content, 1)) > len(content) * 0.99
