"""What is switched on has what it needs."""

from collections.abc import Callable

import pytest

from groundplan.loader.rules import account

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in account.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            account.zone_is_known,
            "edge: {createZone: false}",
            ["edge.zoneId: must be given, because edge.createZone is false"],
        ),
        (account.zone_is_known, "edge: {createZone: false, zoneId: Z1}", []),
        (
            account.vpn_has_certificates,
            "network: {vpn: {enabled: true}}",
            [
                f"network.vpn.{which}Certificate: must be given, "
                "because network.vpn.enabled is true"
                for which in ("server", "client")
            ],
        ),
        (
            account.public_endpoint_is_bounded,
            "cluster: {endpoint: public}",
            [
                "cluster.publicAccess: must name a network at least, "
                "because cluster.endpoint is public"
            ],
        ),
        (
            account.public_endpoint_is_bounded,
            "cluster: {endpoint: public, publicAccess: [203.0.113.0/24]}",
            [],
        ),
    ],
)
def test_rules_speak(ask: Ask, rule: object, text: str, words: list[str]) -> None:
    """Each rule names the place and what it wants."""
    assert words == ask(rule, text)
