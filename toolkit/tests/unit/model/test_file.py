"""Rendered files as values."""

from groundplan.model.file import File


def test_a_file_is_readable_by_all_unless_said() -> None:
    """Two files with the same path, text and mode are the same; the usual mode is 0644."""
    assert File("a/b", "x") == File("a/b", "x", 0o644)
