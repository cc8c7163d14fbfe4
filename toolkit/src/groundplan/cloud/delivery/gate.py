"""What no delivery lets through: images that were not released, outputs that are not known, pods
that the namespace would refuse."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from groundplan.admission import pod_security
from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import NotReadyError

UNRELEASED: Final = ":unreleased"
UNKNOWN: Final = "not-applied"
REPOSITORY: Final = "not-applied.invalid/repository"
SHOWN: Final = 6


def refuse(objects: Iterable[Object], environment: str) -> None:
    """Refuse objects that could not run.

    Raises:
        NotReadyError: something is missing that comes before a delivery; names all of it.
    """
    kept = tuple(objects)
    for found, what, hint in (
        (
            _holding(kept, REPOSITORY),
            "name no repository for Argo CD to read",
            "say it in the platform file as delivery.repository, or deliver with --apply",
        ),
        (
            _holding(kept, UNKNOWN),
            "wait for what Terraform makes",
            f"./run apply {environment} writes it to releases/{environment}.json",
        ),
        (
            _holding(kept, UNRELEASED),
            "have an image that was not released",
            f"CI builds it and writes its digest to releases/{environment}.json;"
            f" ./run promote FROM {environment} takes those of another environment",
        ),
        (
            [str(each) for each in pod_security.findings(each.values for each in kept)],
            "would be refused by the Pod Security Standard",
            "a patch in patches/ may have loosened it; look at the named fields",
        ),
    ):
        if found:
            names = ", ".join(found[:SHOWN])
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise NotReadyError(
                f"{environment} cannot be delivered: {len(found)} objects {what}: {names}{more}",
                hint=f"{hint}; nothing was changed",
            )


def _holding(objects: Iterable[Object], mark: str) -> list[str]:
    return [each.title for each in objects if any(mark in text for text in _texts(each.values))]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of an object, but for its keys."""
    match value:
        case str():
            yield value
        case Mapping():
            for below in value.values():
                yield from _texts(below)
        case list():
            for item in value:
                yield from _texts(item)
