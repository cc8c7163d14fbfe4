"""Images of our own services."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import image


def test_a_released_image_is_named_by_its_digest(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """What a release recorded is what pods run."""
    released = {"backend": "registry/groundplan-prod/backend@sha256:aa"}
    found = image.reference(reference, in_cluster(reference, images=released), "backend")
    assert released["backend"] == found


def test_what_nobody_released_says_so(reference: Platform, in_cluster: Callable[..., Any]) -> None:
    """The tag is one that no delivery accepts."""
    found = image.reference(reference, in_cluster(reference), "backend")
    assert "groundplan-prod/backend:unreleased" == found
