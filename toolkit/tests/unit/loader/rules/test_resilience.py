"""Time-outs fit into each other."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import resilience

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in resilience.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            resilience.statements_end_first,
            "services: {backend: {resilience: {timeout: 5s}}}",
            [
                "services.backend.resilience.timeout: must be more than database.statementTimeout (5s), is 5s",
            ],
        ),
        (
            resilience.statements_end_first,
            "services: {backend: {routes: [{path: /api/v1, timeout: 100ms}]}}",
            [
                "services.backend.routes[0].timeout: must be more than database.statementTimeout (5s), is 100ms",
            ],
        ),
        (resilience.statements_end_first, "services: {authz: {resilience: {timeout: 1s}}}", []),
        (
            resilience.repeats_end,
            "services: {backend: {resilience: {timeout: 40s}}}",
            [
                "services.backend.resilience.timeout: 3 tries of 40s and the pauses between take 120500ms, more than 1m",
            ],
        ),
        (
            resilience.repeats_end,
            "services: {backend: {resilience: {timeout: 40s, retries: {attempts: 0}}}}",
            [],
        ),
        (
            resilience.pauses_grow,
            "services: {backend: {resilience: {retries: {backoff: {base: 1s}}}}}",
            [
                "services.backend.resilience.retries.backoff: base must be at most max, but 1s is more than 250ms",
            ],
        ),
        (
            resilience.replicas_end,
            "services: {backend: {drain: 111s}}",
            [
                "services.backend.drain: a drain of 111s and the longest request (10s) take more than 2m",
            ],
        ),
        (
            resilience.answers_come_before_questions,
            "services: {backend: {probes: {startup: {}, readiness: {period: 5s, timeout: 6s}, liveness: {timeout: 6s}}}}",
            [
                "services.backend.probes.readiness: timeout must be at most period, but 6s is more than 5s",
                "services.backend.probes.liveness: timeout must be at most period, but 6s is more than 5s",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
