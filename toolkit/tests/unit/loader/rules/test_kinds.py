"""One of each kind, and a way to run every program."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import kinds

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in kinds.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            kinds.one_of_each,
            "services: {edge: {kind: gateway}}",
            [
                "services.edge.kind: `gateway` is of kind gateway already, and a platform has one",
            ],
        ),
        (
            kinds.one_of_each,
            "services: {backend: {kind: service}}",
            [
                "services: must have one service of kind backend, has none",
            ],
        ),
        (
            kinds.are_run,
            "services: {a: {kind: service}, backend: {run: {command: [x]}}}",
            [
                "services.backend.run: must not be given: Groundplan knows how to run kind backend",
                "services.a: must say how it is run",
            ],
        ),
        (
            kinds.leave_names,
            "services: {storage: {kind: service}}",
            [
                "services.storage: `storage` names the platform's own storage, and cannot name a service",
            ],
        ),
        (
            kinds.leave_names,
            "services: {accounts: {kind: service}, argocd: {kind: service}, migrate-x: {kind: service}}",
            [
                f"services.{name}: `{name}` names the platform's own {name}, and cannot name a service"
                for name in ("accounts", "argocd", "migrate-x")
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
