"""Releases."""

import pytest

from groundplan.model import release
from groundplan.model.release import NONE, Release

DIGEST = "a" * 64


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"registry.example/shop/api@sha256:{DIGEST}", True),
        (f"registry.example:5000/api:1.2@sha256:{DIGEST}", True),
        ("registry.example/api:1.2", False),
        (f"api@sha256:{DIGEST[:-1]}", False),
        (f"a b@sha256:{DIGEST}", False),
        (f"@sha256:{DIGEST}", False),
    ],
)
def test_a_reference_has_a_digest(text: str, is_one: bool) -> None:
    """A tag alone can become another image."""
    assert is_one == release.is_reference(text)


def test_promotion_takes_the_images_that_are_asked_for() -> None:
    """What the source has not released stays; outputs are the target's own."""
    source = Release({"a": "new", "b": "new", "c": "new"}, {"vpc_id": "dev"}, "abc", "now")
    target = Release({"a": "old", "d": "old"}, {"vpc_id": "prod"})
    found = target.promoted_from(source, ["a", "b", "d"])
    assert {"a": "new", "b": "new", "d": "old"} == found.images
    assert {"vpc_id": "prod"} == found.outputs
    assert ("abc", "now") == (found.commit, found.built_at)


def test_a_return_names_the_images_of_then_alone() -> None:
    """Outputs stay; commit and time stay only where the images are the same."""
    found = Release({"a": "new", "b": "new"}, {"vpc_id": "dev"}, "abc", "now")
    assert Release({"a": "old"}, {"vpc_id": "dev"}) == found.returned_to({"a": "old"})
    assert found == found.returned_to({"b": "new", "a": "new"})


def test_outputs_are_replaced_in_order() -> None:
    """An output that is gone leaves."""
    assert ["a", "b"] == [*Release(outputs={"z": "1"}).with_outputs({"b": "", "a": ""}).outputs]


def test_its_document_has_every_key() -> None:
    """Also when it is empty."""
    assert release.KEYS == tuple(NONE.document())
    assert "releases/dev.json" == release.path("dev")
