"""Security groups open what is meant, and nothing else."""

from collections.abc import Callable

import pytest

from groundplan.model import way
from groundplan.model.platform import Platform
from groundplan.model.way import Way
from groundplan.reach import group
from groundplan.reach.group import Direction, Rule


@pytest.fixture
def meant(platform_with: Callable[[str], Platform]) -> list[Way]:
    """Return the reference's ways."""
    return list(way.ways(platform_with("")))


@pytest.fixture
def rules(meant: list[Way]) -> set[Rule]:
    """Return the rules that open exactly them."""
    return {rule for each in meant for rule in group.needs(each)}


def test_all_rules_are_all_ways(meant: list[Way], rules: set[Rule]) -> None:
    """What the file means and what its rules open agree."""
    assert group.Difference((), ()) == group.compare(meant, rules)


def test_removing_any_rule_breaks_an_arrow(meant: list[Way], rules: set[Rule]) -> None:
    """Each rule is needed: without it a way is closed."""
    assert len(rules) > 20
    for rule in rules:
        assert group.compare(meant, rules - {rule}).missing, rule


def test_adding_any_rule_is_reported(meant: list[Way], rules: set[Rule]) -> None:
    """A port more, a network more, a whole protocol more: each is named."""
    for more in (
        Rule("database", Direction.INGRESS, "0.0.0.0/0", 5432, 5432, "tcp"),
        Rule("nodes", Direction.INGRESS, "nodes", 22, 22, "tcp"),
        Rule("nodes", Direction.EGRESS, "0.0.0.0/0", -1, -1, "-1"),
    ):
        assert (more,) == group.compare(meant, rules | {more}).extra


def test_a_wider_rule_is_no_substitute(meant: list[Way], rules: set[Rule]) -> None:
    """A range of ports in the place of one is missing and extra at the same time."""
    one = Rule("database", Direction.INGRESS, "nodes", 5432, 5432, "tcp")
    wide = Rule("database", Direction.INGRESS, "nodes", 0, 65535, "tcp")
    found = group.compare(meant, rules - {one} | {wide})
    assert ((Way("nodes", "database", 5432),), (wide,)) == (found.missing, found.extra)


def test_rules_are_told_in_words() -> None:
    """A rule reads as one line."""
    rule = Rule("nodes", Direction.EGRESS, "10.0.0.0/8", 1, 9, "tcp")
    assert "nodes egress 10.0.0.0/8 tcp 1-9" == str(rule)
