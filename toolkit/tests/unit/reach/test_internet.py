"""A connection from the internet needs three open gates."""

from dataclasses import replace
from ipaddress import IPv4Network

import pytest

from groundplan.reach.group import Direction, Rule
from groundplan.reach.internet import Entry, Gates, Route, Subnet, gates

WORLD = IPv4Network("0.0.0.0/0")
INSIDE = IPv4Network("10.0.0.0/16")
OPEN = Subnet(
    routes=(Route(INSIDE, "local"), Route(WORLD, "igw-1")),
    entries=(
        Entry(100, Direction.INGRESS, WORLD, 5432, 5432, "tcp", True),
        Entry(100, Direction.EGRESS, WORLD, 1024, 65535, "tcp", True),
    ),
)
ADMITS = Rule("database", Direction.INGRESS, "0.0.0.0/0", 5432, 5432, "tcp")


def test_an_open_database_is_seen() -> None:
    """Negative control: with all three gates open there is a path."""
    assert gates(OPEN, [ADMITS], 5432).is_path


@pytest.mark.parametrize(
    ("subnet", "rule", "expected"),
    [
        (replace(OPEN, routes=(Route(WORLD, "nat-1"),)), ADMITS, Gates(False, True, True)),
        (replace(OPEN, entries=()), ADMITS, Gates(True, False, True)),
        (replace(OPEN, entries=OPEN.entries[:1]), ADMITS, Gates(True, False, True)),
        (OPEN, replace(ADMITS, peer="nodes"), Gates(True, True, False)),
        (OPEN, replace(ADMITS, peer="10.0.0.0/8"), Gates(True, True, False)),
        (OPEN, replace(ADMITS, first_port=80, last_port=80), Gates(True, True, False)),
    ],
)
def test_each_gate_holds_alone(subnet: Subnet, rule: Rule, expected: Gates) -> None:
    """One closed gate is enough, and is the one that is named."""
    found = gates(subnet, [rule], 5432)
    assert expected == found
    assert not found.is_path


def test_the_first_entry_that_fits_decides() -> None:
    """A refusal with a lower number beats what is allowed after it."""
    refusal = Entry(50, Direction.INGRESS, WORLD, 0, 65535, "-1", False)
    assert not gates(replace(OPEN, entries=(refusal, *OPEN.entries)), [ADMITS], 5432).is_path


def test_an_opening_for_one_public_network_is_an_opening() -> None:
    """A single foreign network that is let in counts as the internet."""
    some = "8.8.8.0/24"
    subnet = replace(
        OPEN, entries=(replace(OPEN.entries[0], network=IPv4Network(some)), OPEN.entries[1])
    )
    assert gates(subnet, [replace(ADMITS, peer=some)], 5432).is_path
