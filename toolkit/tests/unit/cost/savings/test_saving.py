"""The case that savings are looked for in."""

from groundplan.cost.line import Component


def test_what_is_saved_is_the_difference_of_two_bills(case_of, platform_with) -> None:
    """Three gateways and their addresses become one."""
    case = case_of("network: {nat: per-zone}\n")
    other = platform_with("region: us-east-1\nnetwork: {nat: single}\n")
    assert 73.0 == round(case.saved(other), 2)
    assert 0 == case.saved(case.platform)


def test_lines_that_are_not_there_cost_nothing(case_of) -> None:
    """A name may be asked for on any bill."""
    case = case_of("network: {nat: single}\n")
    assert 32.85 == round(case.cost(Component.NETWORK, "NAT gateways", "nothing"), 2)
