"""Plain values become the model, or findings and the parts that are fine."""

from pathlib import Path

from groundplan.loader import extend, parse, validate
from groundplan.loader.tree import Branch


def tree(text: str) -> Branch:
    """Return the reference with a few lines laid over it."""
    whole = parse.parse(f"extends: reference\n{text}", "p.yaml")
    return extend.extend(whole, Path("made/p.yaml")).without("environments")


def test_a_fine_file_is_a_whole_platform() -> None:
    """Nothing found, and every part can be read."""
    found = validate.validate(tree(""))
    assert ((), "groundplan") == (found.findings, found.platform.name)
    assert {"network", "services", "cost"} <= found.parts


def test_a_wrong_part_leaves_the_others_readable() -> None:
    """Rules about other parts, and about other services, can still be asked."""
    found = validate.validate(tree("network: {zones: x}\nservices: {backend: {drain: 1}}\n"))
    assert 2 == len(found.findings)
    assert {"database", "cache"} <= found.parts
    assert set() == {"network", "services"} & found.parts
    assert ["frontend", "gateway", "authz"] == list(found.platform.services)


def test_a_wrong_item_does_not_make_its_list_too_short() -> None:
    """One fault is said once."""
    text = "cluster: {nodeGroups: {main: {instanceTypes: [big]}}}\n"
    (finding,) = validate.validate(tree(text)).findings
    assert ("cluster", "nodeGroups", "main", "instanceTypes", 0) == finding.path
