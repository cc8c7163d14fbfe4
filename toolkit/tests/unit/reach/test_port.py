"""Sets of ports are exact, whatever they are made of."""

from hypothesis import given
from hypothesis import strategies as st

from groundplan.reach import port
from groundplan.reach.port import Range

NUMBERS = st.integers(port.FIRST, 40)
RANGES = st.builds(
    lambda protocol, a, b: Range(protocol, min(a, b), max(a, b)),
    st.sampled_from(["tcp", "udp"]),
    NUMBERS,
    NUMBERS,
)
SETS = st.lists(RANGES, max_size=5).map(lambda ranges: port.union([tuple(ranges)]))


def members(ports: port.Ports) -> set[tuple[str, int]]:
    """Return the ports one by one."""
    return {(each.protocol, n) for each in ports for n in range(each.first, each.last + 1)}


@given(SETS, SETS)
def test_sets_behave_as_sets(one: port.Ports, other: port.Ports) -> None:
    """Union, intersection and difference have the members that they must have."""
    assert members(one) | members(other) == members(port.union([one, other]))
    assert members(one) & members(other) == members(port.shared(one, other))
    assert members(one) - members(other) == members(port.without(one, other))


@given(SETS, SETS)
def test_equal_sets_are_equal_values(one: port.Ports, other: port.Ports) -> None:
    """There is one way to write a set."""
    assert (members(one) == members(other)) == (one == other)


def test_ranges_that_touch_are_one() -> None:
    """80 and 81 to 90 are 80 to 90; those of another protocol are not."""
    found = port.union([port.one(80), (Range("tcp", 81, 90),), port.one(91, "udp")])
    assert (Range("tcp", 80, 90), Range("udp", 91, 91)) == found


def test_every_port_but_one() -> None:
    """What is left of all ports are the ranges around it."""
    found = port.without(port.EVERY, port.one(443))
    assert (Range("tcp", 1, 442), Range("tcp", 444, 65535)) == found[1:3]
    assert port.NONE == port.without(port.one(443), port.EVERY)


def test_ports_are_told_in_words() -> None:
    """One, a range, all of a protocol, all."""
    some = (Range("tcp", 1, 65535), Range("udp", 53, 53), Range("udp", 60, 69))
    assert "tcp any port, udp 53, udp 60-69" == port.describe(some)
    assert "any port" == port.describe(port.EVERY)
