"""What changes between two bills."""

from groundplan.cost import difference


def test_a_line_that_costs_more_is_a_change(bill_of) -> None:
    """One NAT gateway becomes three, with their addresses; nothing else changes."""
    found = difference(bill_of("network: {nat: single}\n"), bill_of("network: {nat: per-zone}\n"))
    assert ["NAT gateways", "public addresses"] == [each.name for each in found.changes]
    assert [65.7, 7.3] == [round(each.expected, 2) for each in found.changes]
    assert 73.0 == round(found.expected, 2)


def test_lines_come_and_go(bill_of) -> None:
    """A line of one bill alone has nothing on the other side."""
    with_nat, without = bill_of("network: {nat: single}\n"), bill_of("network: {nat: none}\n")
    came = {each.name: each for each in difference(without, with_nat).changes}
    gone = {each.name: each for each in difference(with_nat, without).changes}
    assert came["NAT gateways"].before is None
    assert gone["NAT gateways"].after is None
    assert 32.85 == round(came["NAT gateways"].expected, 2)
    assert -32.85 == round(gone["NAT gateways"].expected, 2)


def test_a_change_of_the_ends_alone_is_one(bill_of) -> None:
    """More nodes at the most cost nothing yet, but may."""
    group = "{{nodeGroups: {{main: {{instanceTypes: [t3.large], min: 1, desired: 1, max: {}}}}}}}"
    few, many = (bill_of(f"cluster: {group.format(most)}\n") for most in (2, 9))
    nodes = difference(few, many).changes
    found = next(each for each in nodes if each.name == "nodes main")
    assert (0, True) == (found.expected, found.ends[1] > 0)


def test_equal_bills_have_no_changes(bill_of) -> None:
    """Nothing is said of what stays."""
    assert () == difference(bill_of(), bill_of()).changes
