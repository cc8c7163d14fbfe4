"""Alerts about the database and the cache."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import stores
from groundplan.targets.monitoring.rules.window import Clock


def test_what_is_slow_is_what_the_file_says(platform_with: Callable[[str], Platform]) -> None:
    """The bound is that of the objective, in seconds."""
    text = "objectives: {database: {latency: {average: 25ms}}}"
    (group,) = stores.groups(platform_with(text), Clock())
    found = {str(rule.name): rule.expression for rule in group.rules}
    assert found["DatabaseSlow"].endswith("> 0.025")
    assert found["CacheSlow"].endswith("> 0.01")


def test_without_a_promise_nothing_is_slow(platform_with: Callable[[str], Platform]) -> None:
    """Nobody is told of what was never promised."""
    text = "objectives: {cache: {latency: {average: null}}}"
    (group,) = stores.groups(platform_with(text), Clock())
    assert "CacheSlow" not in {str(rule.name) for rule in group.rules}
