"""What a delivery would change, in words: objects that are created, changed and removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from groundplan.cloud.delivery.manifest import Object

FEW: Final = 15
"""Up to so many objects of a kind of change are named; more are counted by kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Objects by what happens to them."""

    created: tuple[Object, ...] = ()
    changed: tuple[Object, ...] = ()
    removed: tuple[Object, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would happen."""
        return not (self.created or self.changed or self.removed)

    @property
    def losses(self) -> tuple[Object, ...]:
        """The removed objects with which data goes."""
        return tuple(each for each in self.removed if each.holds_data)


def between(before: Iterable[Object], after: Iterable[Object]) -> Difference:
    """Return what leads from what was delivered to what is rendered."""
    old = {each.identity: each for each in before}
    new = {each.identity: each for each in after}
    return Difference(
        created=tuple(each for key, each in new.items() if key not in old),
        changed=tuple(
            each for key, each in new.items() if key in old and old[key].values != each.values
        ),
        removed=tuple(each for key, each in old.items() if key not in new),
    )


def describe(found: Difference) -> Iterator[str]:
    """Yield the lines that say what changes, losses of data first."""
    if found.is_empty:
        yield "no object changes"
        return
    counts = (
        (len(found.created), "created"),
        (len(found.changed), "changed"),
        (len(found.removed), "removed"),
    )
    yield ", ".join(f"{count} {word}" for count, word in counts if count)
    yield from (f"  data goes with it: {each.title} is removed" for each in found.losses)
    kept = [each for each in found.removed if not each.holds_data]
    for word, objects in (
        ("removed", kept),
        ("changed", found.changed),
        ("created", found.created),
    ):
        yield from _lines(word, objects)


def _lines(word: str, objects: Iterable[Object]) -> Iterator[str]:
    found = list(objects)
    if len(found) <= FEW:
        yield from (f"  {word} {each.title}" for each in found)
        return
    kinds: dict[str, list[str]] = {}
    for each in found:
        kinds.setdefault(each.kind, []).append(each.name)
    for kind, names in sorted(kinds.items()):
        shown = ", ".join(names[:4]) + (" and others" if len(names) > 4 else "")
        yield f"  {word} {len(names)} {kind}: {shown}"
