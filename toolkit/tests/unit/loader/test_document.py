"""Files beside the platform file."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import document
from groundplan.loader.code import Code
from groundplan.loader.tree import plain


def test_json_is_read_with_places(tmp_path: Path) -> None:
    """JSON is YAML too; a problem knows its line."""
    path = tmp_path / "a.json"
    path.write_text('{\n  "images": {\n    "api": "x"\n  }\n}\n')
    tree = document.load(path, "a.json", "hint")
    assert {"images": {"api": "x"}} == plain(tree)
    found = document.problem(tree, ("images", "api"), "is wrong", "", Code.RELEASE)
    assert "a.json:3:5 images.api: is wrong" in str(found)


@pytest.mark.parametrize("text", ["", "[1]\n"])
def test_the_hint_fits_the_file(tmp_path: Path, text: str) -> None:
    """Not that of a platform file."""
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(PlatformFileError) as caught:
        document.load(path, "a.yaml", "write it so")
    assert ["write it so"] == [each.hint for each in caught.value.problems]


def test_unknown_keys_are_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    """All of them."""
    path = tmp_path / "a.yaml"
    path.write_text("imagse: {}\nx: 1\n")
    tree = document.load(path, "a.yaml", "")
    found = document.unknown(tree, (), tree.entries, ("images", "outputs"))
    assert [
        ("imagse", "unknown key; there are images, outputs", "did you mean `images`?"),
        ("x", "unknown key; there are images, outputs", ""),
    ] == [(each.field, each.message, each.hint) for each in found]
