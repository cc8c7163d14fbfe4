"""Rules and what they read."""

from pathlib import Path

from groundplan.loader import rules
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.model.platform import Platform


def test_a_rule_is_asked_only_about_parts_that_are_fine() -> None:
    """A rule waits for all that it reads; one about each service never waits for the others."""
    rule = Rule(lambda _: iter(()), (EACH_SERVICE, "database"))
    assert rule.can_ask(frozenset({"database"}))
    assert not rule.can_ask(frozenset({"services"}))


def test_rules_read_what_there_is() -> None:
    """What a rule says that it reads are fields of the platform."""
    known = {*Platform.model_fields, EACH_SERVICE}
    assert set() == {part for rule in rules.ALL for part in rule.reads} - known


def test_every_rule_is_shown_to_find_something() -> None:
    """Each rule stands in the table of faults of its module's test."""
    for rule in rules.ALL:
        module = rule.check.__module__.rpartition(".")[2]
        tests = Path(__file__).with_name(f"test_{module}.py").read_text()
        assert f"{module}.{rule.check.__name__}," in tests, rule.check.__name__


def test_no_rule_is_forgotten_or_asked_twice() -> None:
    """Every rule is a function of its own with a promise for a docstring."""
    checks = [rule.check for rule in rules.ALL]
    assert len(checks) == len(set(checks)) > 40
    assert all(check.__doc__ for check in checks)
