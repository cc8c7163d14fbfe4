"""All addresses fall into a few classes."""

from ipaddress import IPv4Address, IPv4Network, ip_network

from hypothesis import given
from hypothesis import strategies as st

from groundplan.reach import address
from groundplan.reach.address import Block, Blocks

NETWORKS = st.builds(
    lambda number, bits: IPv4Network((number >> (32 - bits) << (32 - bits), bits)),
    st.integers(0, 2**32 - 1),
    st.integers(1, 32),
)
SETS = st.lists(NETWORKS, max_size=3).map(lambda found: frozenset(map(Block, found)))


@given(st.lists(SETS, max_size=4), st.integers(0, 2**32 - 1))
def test_every_address_is_in_one_class(sets: list[Blocks], number: int) -> None:
    """And the class is in exactly those sets that hold the address."""
    found = [
        each
        for each in address.classes(sets)
        if any(version == 4 and low <= number <= high for version, low, high in each.ranges)
    ]
    expected = {
        blocks for blocks in sets if any(IPv4Address(number) in each.network for each in blocks)
    }
    assert [expected] == [set(each.members) for each in found]


def test_addresses_that_are_treated_alike_are_one_class() -> None:
    """Two networks of one set, and everything else."""
    blocks = frozenset(Block(ip_network(each)) for each in ("192.0.2.0/25", "198.51.100.0/24"))
    found = address.classes([blocks])
    assert [frozenset(), frozenset({blocks})] == [each.members for each in found]
    assert "192.0.2.0/25, 198.51.100.0/24" == str(found[1])


def test_an_exception_is_not_in_its_block() -> None:
    """The rest of the block is told in networks."""
    block = address.block({"cidr": "192.0.2.0/24", "except": ["192.0.2.128/25"]})
    _, inside = address.classes([frozenset({block})])
    assert "192.0.2.0/25" == str(inside)


def test_both_versions_are_known() -> None:
    """A block of IPv6 holds none of IPv4."""
    block = address.block({"cidr": "2001:db8::/32"})
    _, inside = address.classes([frozenset({block})])
    assert ("2001:db8::/32", {6}) == (str(inside), {version for version, _, _ in inside.ranges})


def test_many_networks_are_cut_short() -> None:
    """A class names some of its networks."""
    blocks = frozenset(Block(ip_network(f"192.0.{n}.0/24")) for n in (1, 3, 5, 7, 9))
    _, inside = address.classes([blocks])
    assert "192.0.1.0/24, 192.0.3.0/24, 192.0.5.0/24, 192.0.7.0/24 and more" == str(inside)
