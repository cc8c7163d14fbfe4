"""Networks nest and keep apart."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import network

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in network.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            network.nest,
            "network: {subnets: {public: [10.0.48.0/24, 10.1.0.0/24, 10.0.50.0/24]}}",
            [
                "network.subnets.public[1]: must lie in network.cidr (10.0.0.0/16), is 10.1.0.0/24",
            ],
        ),
        (
            network.keep_apart,
            "network: {subnets: {public: [10.0.48.0/24, 10.0.0.0/25, 10.0.50.0/24]}}",
            [
                "network.subnets.private[0]: 10.0.0.0/24 overlaps network.subnets.public[1] (10.0.0.0/25)",
            ],
        ),
        (
            network.vpn_apart,
            "network: {vpn: {cidr: 10.0.0.0/23}}",
            [
                "network.vpn.cidr: 10.0.0.0/23 overlaps network.cidr (10.0.0.0/16)",
                "network.vpn.cidr: must be between /12 and /22, is /23",
            ],
        ),
        (network.vpn_apart, "network: {vpn: }", []),
        (
            network.one_in_every_zone,
            "network: {zones: 2}",
            [
                "network.subnets.public: must have 2 subnets, one for each of network.zones, has 3",
                "network.subnets.private: must have 2 subnets, one for each of network.zones, has 3",
                "network.subnets.database: must have 2 subnets, one for each of network.zones, has 3",
            ],
        ),
        (
            network.have_sane_sizes,
            "network: {cidr: 10.0.0.0/15, subnets: {public: [10.0.48.0/30]}}",
            [
                "network.cidr: must be between /16 and /28, is /15",
                "network.subnets.public[0]: must be between /16 and /28, is /30",
            ],
        ),
        (
            network.are_private,
            "network: {cidr: 8.8.0.0/16}",
            [
                "network.cidr: 8.8.0.0/16 belongs to others on the internet",
            ],
        ),
        (
            network.nodes_reach_out,
            "network: {nat: none}",
            [
                "network.nat: without NAT, nodes reach no registry outside AWS",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
