"""The second step: text becomes a tree that knows the line and column of every key and value.

Only what the platform file needs of YAML is taken: one document of mappings, lists and scalars.
"""

from collections.abc import Iterator
from typing import Final

import yaml

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import scalar, syntax
from groundplan.loader.code import Code
from groundplan.loader.tree import Branch, Entry, Items, Leaf, Node, Place

DEEPEST: Final = 32
MOST_VALUES: Final = 200_000


def parse(text: str, shown: str) -> Branch:
    """Return the tree of a platform file.

    Raises:
        PlatformFileError: it is not YAML, or YAML that a platform file does not use.
    """
    composer = _Composer(shown)
    try:
        root = composer.compose(iter(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.YAMLError as error:
        raise PlatformFileError([syntax.explain(error, text, shown)]) from None
    if composer.problems:
        raise PlatformFileError(composer.problems)
    if isinstance(root, Branch):
        return root
    is_empty = root is None or (isinstance(root, Leaf) and root.value is None)
    wrong = "is empty" if is_empty else "must be a mapping of keys to values"
    hint = "begin with `extends: reference`, or copy the reference platform.yaml"
    raise PlatformFileError([Problem(shown, 1, 1, "", wrong, hint, Code.NOT_A_MAPPING)])


class _Composer:
    """Builds the tree from the parser's events."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self._named: dict[str, tuple[Node, int]] = {}
        self._values = 0

    def compose(self, events: Iterator[yaml.Event]) -> Node | None:
        """Return the only document's tree, or nothing where the text has none."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    hint = "put other documents into files of their own"
                    raise self._refused(event, "a second document begins here", hint)
                root = self._node(next(events), events, 0)
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        assert isinstance(event, yaml.NodeEvent)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._values
        self._count(event, 1)
        self._check(event, depth)
        node = self._made(event, events, depth)
        if event.anchor:
            self._named[event.anchor] = (node, self._values - before)
        return node

    def _made(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, events, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place, events, depth + 1)
        assert isinstance(event, yaml.ScalarEvent)
        plain = event.implicit[0]
        return Leaf(place, scalar.decide(event.value) if plain else event.value, event.value)

    def _mapping(self, place: Place, events: Iterator[yaml.Event], depth: int) -> Branch:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event)
            first = entries.get(key)
            if first:
                self._repeated(event, key, first.place)
            node = self._node(next(events), events, depth)
            entries.setdefault(key, Entry(self._place(event), node))
        return Branch(place, entries)

    def _list(self, place: Place, events: Iterator[yaml.Event], depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth))
        return Items(place, tuple(items))

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            hint = "quote it if it holds { [ or *"
            raise self._refused(event, "a key must be a single word", hint)
        if event.value == "<<" and event.implicit[0]:
            hint = "build on another file with `extends: PATH`, or repeat the keys"
            raise self._refused(event, "merge keys (`<<`) are not read", hint)
        return str(event.value)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        if event.anchor not in self._named:
            hint = (
                f"mark a value further up with &{event.anchor}, or quote a text that begins with *"
            )
            raise self._refused(event, f"`*{event.anchor}` names no value above it", hint)
        node, size = self._named[event.anchor]
        self._count(event, size)
        return node

    def _count(self, event: yaml.Event, values: int) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            wrong = f"holds more than {MOST_VALUES} values once every `*` alias is filled in"
            raise self._refused(event, wrong, "use fewer aliases", Code.TOO_DEEP)

    def _check(self, event: yaml.NodeEvent, depth: int) -> None:
        if depth > DEEPEST:
            wrong = f"is nested more than {DEEPEST} levels deep"
            raise self._refused(event, wrong, "close the brackets further up", Code.TOO_DEEP)
        if tag := getattr(event, "tag", None):
            hint = "leave the tag away; quotes make text, bare words true, false and numbers"
            raise self._refused(event, f"the tag `{tag}` is not read", hint)

    def _repeated(self, event: yaml.Event, key: str, first: Place) -> None:
        place = self._place(event)
        wrong = f"`{key}` stands here a second time; the first is at {first.line}:{first.column}"
        hint = "keep one of the two"
        self.problems.append(self._problem(place, wrong, hint, Code.DUPLICATE_KEY))

    def _refused(
        self, event: yaml.Event, wrong: str, hint: str, code: Code = Code.NOT_USED_HERE
    ) -> PlatformFileError:
        return PlatformFileError([self._problem(self._place(event), wrong, hint, code)])

    def _problem(self, place: Place, wrong: str, hint: str, code: Code) -> Problem:
        return Problem(place.file, place.line, place.column, "", wrong, hint, code)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark
        return Place(self.shown, mark.line + 1, mark.column + 1)
