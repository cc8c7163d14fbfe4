"""What was released to an environment: images by their digests, and what Terraform said.

It stands in `releases/<environment>.json` beside the platform file. CI writes the images,
`./run apply` the outputs, `./run promote` carries images from one environment to the next, and
`./run rollback` names those that it brought back.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

KEYS: Final = ("images", "outputs", "commit", "built_at")
FOLDER: Final = "releases"
BRANCH: Final = "deploy"
"""The branch to which rendered files are delivered, and that Argo CD follows."""
_REFERENCE: Final = re.compile(r"[a-z0-9][a-zA-Z0-9._:/-]*[a-z0-9]@sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Release:
    """What one environment runs; empty before the first build and the first apply."""

    images: Mapping[str, str] = field(default_factory=dict)
    """The image of each service that was built: `registry/name@sha256:...`."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """Terraform's outputs by name; those that are single words, and no secret."""
    commit: str = ""
    """Of which commit the images were built; empty after a return to earlier ones."""
    built_at: str = ""
    """When, in RFC 3339 and UTC."""

    def with_outputs(self, outputs: Mapping[str, str]) -> "Release":
        """Return the release with what Terraform said last."""
        return replace(self, outputs=dict(sorted(outputs.items())))

    def promoted_from(self, source: "Release", services: Iterable[str]) -> "Release":
        """Return the release with another's images, for the services that are asked for.

        An image of a service that the source has not released stays as it is.
        """
        taken = {name: source.images[name] for name in services if name in source.images}
        images = dict(sorted({**self.images, **taken}.items()))
        return replace(self, images=images, commit=source.commit, built_at=source.built_at)

    def returned_to(self, images: Mapping[str, str]) -> "Release":
        """Return the release with the images of an earlier delivery, and no others.

        Of which commit they were built, and when, is not known where they differ.
        """
        if images == self.images:
            return self
        return replace(self, images=dict(sorted(images.items())), commit="", built_at="")

    def document(self) -> dict[str, Any]:
        """Return it as plain values, in the order in which it is written."""
        return {
            "images": dict(self.images),
            "outputs": dict(self.outputs),
            "commit": self.commit,
            "built_at": self.built_at,
        }


NONE: Final = Release()
"""What is there before anything was released."""


def is_reference(text: str) -> bool:
    """Say whether a text names one image that can never become another."""
    return _REFERENCE.fullmatch(text) is not None


def path(environment: str) -> str:
    """Return where an environment's release stands, from the platform file's folder."""
    return f"{FOLDER}/{environment}.json"
