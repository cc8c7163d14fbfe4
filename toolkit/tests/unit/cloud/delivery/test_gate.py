"""What is never delivered."""

from typing import Any

import pytest

from groundplan.cloud.delivery import gate
from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import NotReadyError


def of(kind: str, **rest: Any) -> Object:
    """Return an object."""
    return Object({"apiVersion": "v1", "kind": kind, "metadata": {"name": "x"}, **rest})


def test_what_could_run_passes() -> None:
    """Nothing is said of it."""
    gate.refuse([of("ConfigMap", data={"image": "a@sha256:b"})], "dev")


@pytest.mark.parametrize(
    ("found", "words", "hint"),
    [
        (
            of("ConfigMap", data={"a": "x:unreleased"}),
            "was not released",
            "./run promote FROM dev",
        ),
        (of("ConfigMap", data={"a": ["not-applied"]}), "Terraform makes", "./run apply dev"),
        (
            of("Application", spec={"repoURL": "https://not-applied.invalid/repository.git"}),
            "no repository",
            "delivery.repository",
        ),
        (of("Pod", spec={"containers": [{"name": "a"}]}), "Pod Security Standard", "patches/"),
    ],
)
def test_what_could_not_run_is_refused(found: Object, words: str, hint: str) -> None:
    """The object is named, with what to do first."""
    with pytest.raises(NotReadyError) as caught:
        gate.refuse([found], "dev")
    assert words in caught.value.message
    assert f"{found.kind} x" in caught.value.message
    assert hint in caught.value.hint


def test_many_are_counted() -> None:
    """The message stays one that can be read."""
    many = [of("ConfigMap", data={"a": "x:unreleased"}) for _ in range(gate.SHOWN + 2)]
    with pytest.raises(NotReadyError, match="and 2 more"):
        gate.refuse(many, "dev")
