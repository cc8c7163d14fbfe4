"""Node groups are in order and large enough."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import cluster

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in cluster.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            cluster.ascend,
            "cluster: {nodeGroups: {main: {min: 30}}}",
            [
                "cluster.nodeGroups.main: min must be at most max, but 30 is more than 20",
            ],
        ),
        (
            cluster.ascend,
            "cluster: {nodeGroups: {main: {desired: 21}}}",
            [
                "cluster.nodeGroups.main.desired: must be between min and max (1 to 20), is 21",
            ],
        ),
        (
            cluster.outlive_spot,
            "cluster: {nodeGroups: {main: {capacity: spot}}}",
            [
                "cluster.nodeGroups: all nodes are spot; AWS may take back every one within two minutes",
            ],
        ),
        (
            cluster.answer_inside,
            "cluster: {endpoint: public}",
            [
                "cluster.endpoint: the Kubernetes API can be reached from the internet",
            ],
        ),
        (cluster.hold_services, "cluster: {nodeGroups: {main: {max: 3}, spare: {max: 1}}}", []),
        (
            cluster.hold_services,
            "cluster: {nodeGroups: {main: {instanceTypes: [x1.odd], desired: 1}}}",
            [],
        ),
        (
            cluster.hold_services,
            "environments: {local: {services: {frontend: {replicas: {max: 999}}}}}",
            [
                "cluster.nodeGroups: the most nodes have room for 48.0 CPU and 128.0 GiB, but services ask for 101.5 CPU and 126.4 GiB at the most replicas",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
