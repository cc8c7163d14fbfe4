"""Differences between rendered files and a folder."""

from pathlib import Path

from groundplan.model.file import File
from groundplan.writer.diff import changes, unified
from groundplan.writer.write import write


def test_names_what_would_be_created_replaced_and_removed(tmp_path: Path) -> None:
    """Every difference, in order of path; what is the same is not named."""
    write((File("a", "1\n"), File("b", "1\n"), File("c", "1\n")), tmp_path)
    found = changes((File("d/e", "1\n"), File("b", "2\n"), File("a", "1\n")), tmp_path)
    assert [("b", b"1\n", b"2\n"), ("c", b"1\n", None), ("d/e", None, b"1\n")] == [
        (change.path, change.before, change.after) for change in found
    ]


def test_knows_our_files_from_others(tmp_path: Path) -> None:
    """What a person wrote or changed is not ours."""
    write((File("a", "1\n"),), tmp_path)
    (tmp_path / "a").write_text("mine\n")
    (tmp_path / "b").write_text("mine\n")
    found = changes((File("a", "2\n"), File("b", "2\n"), File("c", "2\n")), tmp_path)
    assert [False, False, True] == [change.is_ours for change in found]


def test_shows_a_unified_diff(tmp_path: Path) -> None:
    """Lines that go and lines that come, file by file."""
    write((File("a", "1\n2\n"),), tmp_path)
    found = changes((File("a", "1\n3\n"), File("b", "new\n")), tmp_path)
    lines = list(unified(found, Path("out")))
    assert "--- a/out/a +++ b/out/a @@ -1,2 +1,2 @@  1 -2 +3" == " ".join(lines[:6])
    assert ["--- /dev/null", "+++ b/out/b", "+new"] == [lines[6], lines[7], lines[9]]


def test_never_shows_a_secret(tmp_path: Path) -> None:
    """Of a file that only its owner may read, only the name is shown."""
    found = changes((File("key", "hunter2\n", 0o600),), tmp_path)
    assert ["out/key: differs (a secret, not shown)"] == list(unified(found, Path("out")))
