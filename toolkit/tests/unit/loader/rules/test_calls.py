"""Calls lead somewhere and never round."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import calls

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in calls.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            calls.name_something,
            "services: {backend: {calls: [database, cash]}}",
            [
                "services.backend.calls[1]: there is no service or store `cash`",
            ],
        ),
        (
            calls.name_others,
            "services: {backend: {calls: [cache, backend]}}",
            [
                "services.backend.calls[1]: `backend` cannot call itself",
            ],
        ),
        (
            calls.make_no_circle,
            "services: {backend: {calls: [frontend]}}",
            [
                "services.frontend.calls: calls go in a circle: frontend -> gateway -> backend -> frontend",
            ],
        ),
        (calls.make_no_circle, "services: {backend: {calls: [backend, nobody]}}", []),
        (
            calls.hold_needed,
            "services: {gateway: {calls: []}, backend: {calls: [cache]}}",
            [
                "services.gateway.calls: must hold `authz`: kind gateway cannot do without it",
                "services.backend.calls: must hold `database`: kind backend cannot do without it",
            ],
        ),
        (
            calls.reach_everyone,
            "services: {a: {kind: service}, b: {kind: service, calls: [c]}, c: {kind: service}}",
            [
                "services.a: has no routes, calls nothing and is called by nobody",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
