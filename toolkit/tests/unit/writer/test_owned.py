"""What is ours in a folder."""

from pathlib import Path

import pytest

from groundplan.errors import DriftError
from groundplan.writer import owned


def test_reads_what_it_writes(tmp_path: Path) -> None:
    """The list comes back as it was, in order of path whatever order it was made in."""
    digests = {"b": ("2",), "a/c": ("1", "3")}
    (tmp_path / owned.LIST).write_bytes(owned.dump(digests))
    assert digests == owned.read(tmp_path)
    assert owned.dump(digests) == owned.dump(dict(reversed(digests.items())))


def test_a_folder_that_we_never_wrote_holds_nothing_of_ours(tmp_path: Path) -> None:
    """No list, no files of ours."""
    assert {} == owned.read(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": {"a": 3}}', "\x00"])
def test_a_list_that_was_changed_is_not_believed(tmp_path: Path, text: str) -> None:
    """Rather than guess what is ours, say so."""
    (tmp_path / owned.LIST).write_text(text)
    with pytest.raises(DriftError, match="not as we wrote it"):
        owned.read(tmp_path)
