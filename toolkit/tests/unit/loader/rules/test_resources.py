"""Less is asked for than is allowed."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import resources

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in resources.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            resources.replicas_ascend,
            "environments: {local: {services: {frontend: {replicas: {max: 2}}}}}",
            [],
        ),
        (
            resources.replicas_ascend,
            "services: {a: {kind: service, replicas: {min: 3, max: 2}}}",
            [
                "services.a.replicas: min must be at most max, but 3 is more than 2",
            ],
        ),
        (
            resources.services_fit,
            "services: {backend: {resources: {requests: {cpu: 2000m, memory: 1Gi}}}}",
            [
                "services.backend.resources: requests.cpu must be at most limits.cpu, but 2000m is more than 1000m",
                "services.backend.resources: requests.memory must be at most limits.memory, but 1Gi is more than 256Mi",
            ],
        ),
        (
            resources.cache_fits,
            "cache: {resources: {limits: {memory: 128Mi}}}",
            [
                "cache.resources: requests.memory must be at most limits.memory, but 256Mi is more than 128Mi",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
