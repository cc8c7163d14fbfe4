"""The tree: values, places, merging."""

from groundplan.loader import parse, tree

LOWER = "a: 1\nb: {c: 2, d: [1, 2]}\ne: {f: 3}\n"


def merged(upper: str) -> tree.Branch:
    """Lay a text over LOWER."""
    return tree.merge(parse.parse(LOWER, "lower"), parse.parse(upper, "upper"))


def test_mappings_merge_and_all_else_is_replaced() -> None:
    """Deep mappings keep what is not named; lists are taken as they are."""
    found = tree.plain(merged("b: {d: [9]}\ne: 4\ng: {}\n"))
    assert {"a": 1, "b": {"c": 2, "d": [9]}, "e": 4, "g": {}} == found


def test_null_takes_away_what_is_there() -> None:
    """Null removes a key of the lower mapping, and stays where there was none."""
    assert {"b": {"c": 2, "d": [1, 2]}, "e": {"f": 3}, "z": None} == tree.plain(merged("a:\nz:\n"))


def test_every_part_keeps_its_place() -> None:
    """After merging, a place is that of the key in the file that said it."""
    root = merged("b:\n  d: [9]\n")
    assert (tree.Place("upper", 2, 3), 2) == tree.place_of(root, ("b", "d"))
    assert (tree.Place("upper", 2, 7), 3) == tree.place_of(root, ("b", "d", 0))
    assert (tree.Place("lower", 2, 5), 2) == tree.place_of(root, ("b", "c"))


def test_what_is_not_written_has_the_place_above_it() -> None:
    """A missing value stands where it would be added, and the depth says so."""
    root = parse.parse(LOWER, "lower")
    assert (tree.Place("lower", 2, 1), 1) == tree.place_of(root, ("b", "x", "y"))
    assert (tree.Place("lower", 1, 1), 0) == tree.place_of(root, ("x",))
    assert (tree.Place("lower", 2, 11), 2) == tree.place_of(root, ("b", "d", 7))


def test_finds_what_is_written() -> None:
    """A path leads to its node, or to nothing."""
    root = parse.parse(LOWER, "lower")
    found = tree.node_at(root, ("b", "d", 1))
    assert isinstance(found, tree.Leaf)
    assert (2, "2") == (found.value, found.written)
    assert None is tree.node_at(root, ("b", "d", 2))


def test_paths_are_written_with_dots() -> None:
    """Keys are joined with dots, numbers stand in brackets."""
    assert "services.a.routes[0].path" == tree.dotted(("services", "a", "routes", 0, "path"))
