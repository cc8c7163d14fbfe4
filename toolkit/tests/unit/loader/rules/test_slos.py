"""Objectives over 30 days name who answers, and leave errors a budget."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import slos

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in slos.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            slos.name_who_answers,
            "objectives: {slos: {a: {service: backent, availability: 99.9%}, b: {service: authz, availability: 99.9%}}}",
            [
                "objectives.slos.a.service: `backent` is no service that answers requests",
                "objectives.slos.b.service: `authz` is no service that answers requests",
            ],
        ),
        (
            slos.leave_a_budget,
            "objectives: {slos: {a: {service: gateway, availability: 100%}, b: {service: gateway, latency: {threshold: 1s, share: 0%}}}}",
            [
                "objectives.slos.a.availability: must be more than 0% and less than 100%",
                "objectives.slos.b.latency.share: must be more than 0% and less than 100%",
            ],
        ),
        (
            slos.keep_what_the_api_promises,
            "objectives: {slos: {a: {service: gateway, availability: 99%}, b: {service: gateway, latency: {threshold: 1s, share: 95%}}}}",
            [
                "objectives.slos.a.availability: must be at least objectives.api.availability (99.9%), is 99%",
                "objectives.slos.b.latency.threshold: must be at most objectives.api.latency.p95 (200ms), is 1s",
            ],
        ),
        (
            slos.are_remembered,
            "observability: {metrics: {retention: 15d}}",
            [
                "observability.metrics.retention: must be at least 30d, is 15d",
            ],
        ),
        (
            slos.signals_are_of_components,
            "objectives: {signals: {bakcend: [logs], cache: [logs, logs]}}",
            [
                "objectives.signals.cache: must name each signal once",
                "objectives.signals.bakcend: there is no service or store `bakcend`",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)


def test_other_services_and_other_shares_may_promise_less(ask: Ask) -> None:
    """What the API promises binds the gateway, at the share that it promises."""
    text = """
objectives:
  slos:
    slow-few: {service: gateway, latency: {threshold: 1s, share: 90%}}
    slow-most: {service: gateway, latency: {threshold: 1s, share: 99%}}
    backend: {service: backend, availability: 99%}
"""
    assert [] == ask(slos.keep_what_the_api_promises, text)
