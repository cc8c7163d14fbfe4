"""Versions are supported today."""

from collections.abc import Callable

import pytest

from groundplan.loader.rules import versions

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in versions.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            versions.kubernetes_is_supported,
            'cluster: {version: "1.28"}',
            [
                "cluster.version: Kubernetes 1.28 left standard support on AWS on 2024-11-26",
            ],
        ),
        (
            versions.kubernetes_is_supported,
            'cluster: {version: "1.99"}',
            [
                "cluster.version: Kubernetes 1.99 is not in the support calendar of 2026-08-22",
            ],
        ),
        (
            versions.postgresql_is_supported,
            'database: {version: "15.4"}',
            [
                "database.version: PostgreSQL 15.4 left standard support on AWS on 2025-03-31",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
