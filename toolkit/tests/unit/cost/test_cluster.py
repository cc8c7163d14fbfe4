"""The cluster's part of the bill."""

from datetime import date

import pytest

from groundplan.cost.amount import Range
from groundplan.cost.cluster import is_extended, node_range
from groundplan.errors import UsageError

GROUPS = """
cluster:
  nodeGroups:
    main: {instanceTypes: [t3.medium, t3.large], capacity: on-demand, min: 1, desired: 3, max: 20}
    spare: {instanceTypes: [t3.large], capacity: spot, min: 0, desired: 1, max: 10}
"""


@pytest.mark.parametrize(("day", "dollars"), [(date(2027, 8, 2), 73.0), (date(2027, 8, 3), 438.0)])
def test_extended_support_begins_the_day_after_standard_support(cost_of, day, dollars) -> None:
    """1.36 is in standard support until 2027-08-02; then an hour costs six times as much."""
    text = 'cluster: {version: "1.36"}\n'
    assert (dollars,) * 3 == cost_of("cluster", "control plane", text, day=day)


def test_an_unknown_version_is_taken_for_a_current_one(bill_of) -> None:
    """And the bill says that it is not in the calendar."""
    assert not is_extended("1.99", date(2030, 1, 1))
    bill = bill_of('cluster: {version: "1.99"}\n')
    (line,) = bill.find([("cluster", "control plane")])
    assert "1.99 is not in the support calendar" in line.assumption


def test_nodes_range_from_the_least_to_the_most(cost_of) -> None:
    """1 of the cheapest type, 3 of the first and 20 of the dearest, for 730 hours."""
    expected = tuple(
        round(count * usd * 730, 2) for count, usd in ((1, 0.0416), (3, 0.0416), (20, 0.0832))
    )
    assert expected == cost_of("cluster", "nodes main", GROUPS)


def test_spot_costs_a_part_of_the_price_on_demand(cost_of) -> None:
    """0.3, 0.4 or 0.7 of it."""
    expected = (0.0, round(0.0832 * 0.4 * 730, 2), round(10 * 0.0832 * 0.7 * 730, 2))
    assert expected == cost_of("cluster", "nodes spare", GROUPS)


def test_every_node_has_a_volume_and_metrics(platform_with, cost_of) -> None:
    """50 GB at 0.08 and 2.10 for each of 1, 4 or 30 nodes."""
    assert Range(1, 4, 30) == node_range(platform_with(GROUPS))
    assert (4.0, 16.0, 120.0) == cost_of("cluster", "node volumes", GROUPS)
    assert (2.1, 8.4, 63.0) == cost_of("cluster", "node monitoring", GROUPS)


def test_the_cache_has_a_volume_where_it_persists(bill_of, cost_of) -> None:
    """10 GB at 0.08, or none."""
    text = "cache: {persistence: {enabled: true, size: 10Gi}}\n"
    assert (0.8,) * 3 == cost_of("cluster", "cache volume", text)
    without = bill_of("cache: {persistence: {enabled: false}}\n")
    assert () == without.find([("cluster", "cache volume")])


def test_an_unknown_type_names_its_group(bill_of) -> None:
    """The place in the file and the known types."""
    text = "cluster: {nodeGroups: {main: {instanceTypes: [z9.large], min: 1, desired: 1, max: 1}}}"
    with pytest.raises(UsageError, match=r"cluster\.nodeGroups\.main\.instanceTypes.*z9\.large"):
        bill_of(text)
