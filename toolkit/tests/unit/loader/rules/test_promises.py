"""Objectives and sessions do not contradict each other."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import promises

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in promises.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            promises.connections_exist,
            "objectives: {database: {connections: 141}}",
            [
                "objectives.database.connections: must be at most database.maxConnections (140), is 141",
            ],
        ),
        (
            promises.errors_have_a_budget,
            "objectives: {api: {availability: 100%}}",
            [
                "objectives.api.availability: must be more than 0% and less than 100%",
            ],
        ),
        (
            promises.loss_is_bounded_by_backups,
            "database: {backupDays: 0}",
            [
                "database.backupDays: 0 keeps no backup, so objectives.recovery.rpo (5m) cannot be kept",
            ],
        ),
        (
            promises.tokens_end_before_sessions,
            "identity: {refreshToken: 5m, idle: 6m}",
            [
                "identity.accessToken: must be less than refreshToken (5m), is 5m",
                "identity.idle: must be at most refreshToken (5m), is 6m",
            ],
        ),
        (
            promises.keys_outlive_tokens,
            "identity: {keyRotation: 9m}",
            [
                "identity.keyRotation: must be at least twice accessToken (10m), is 9m",
            ],
        ),
        (
            promises.scaling_aims_at_objectives,
            "scaling: {cpu: 50%, memory: 81%}",
            [
                "scaling.cpu: 50% lies outside objectives.utilization.cpu (60% to 70%)",
                "scaling.memory: 81% lies outside objectives.utilization.memory (70% to 80%)",
            ],
        ),
        (
            promises.tags_are_ours,
            'cost: {tags: {"AWS:x": y}}',
            [
                "cost.tags.AWS:x: must not begin with `aws:`, which AWS keeps for itself",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
