"""Reading releases."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import release
from groundplan.model.platform import Platform
from groundplan.model.release import NONE, Release

IMAGE = f"registry.example/backend@sha256:{'a' * 64}"


def write(folder: Path, text: str) -> Path:
    """Write dev's release, and return the platform file beside it."""
    (folder / "releases").mkdir()
    (folder / "releases/dev.json").write_text(text)
    return folder / "platform.yaml"


def test_one_that_is_not_there_is_empty(tmp_path: Path, reference: Platform) -> None:
    """Nothing was built or applied yet."""
    assert NONE == release.load(tmp_path / "platform.yaml", "dev", reference)


def test_it_is_read(tmp_path: Path, reference: Platform) -> None:
    """Every key may be left out."""
    file = write(tmp_path, f'{{"images": {{"backend": "{IMAGE}"}}, "commit": "abc"}}')
    assert Release(images={"backend": IMAGE}, commit="abc") == release.load(file, "dev", reference)


def test_all_problems_come_together(tmp_path: Path, reference: Platform) -> None:
    """Unknown keys, services that are not there, references without a digest, wrong forms."""
    file = write(
        tmp_path,
        '{"image": {},\n"images": {"backed": "x",\n"authz": "registry/authz:1",\n"gateway": 1},\n'
        '"outputs": [],\n"commit": 5}',
    )
    with pytest.raises(PlatformFileError) as caught:
        release.load(file, "dev", reference)
    found = [(each.line, each.field, each.message) for each in caught.value.problems]
    names = ", ".join(reference.services)
    assert [
        (1, "image", "unknown key; there are images, outputs, commit, built_at"),
        (2, "images.backed", "must be registry/name@sha256:DIGEST, is x"),
        (2, "images.backed", f"there is no service `backed`; there are {names}"),
        (3, "images.authz", "must be registry/name@sha256:DIGEST, is registry/authz:1"),
        (4, "images.gateway", "must be a text"),
        (5, "outputs", "must be a mapping of names to texts"),
        (6, "commit", "must be a text"),
    ] == found
