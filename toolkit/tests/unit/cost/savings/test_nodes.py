"""Savings of the nodes."""

import pytest

from groundplan.cost.savings.nodes import graviton, savings
from groundplan.cost.savings.saving import Use

GROUPS = """
cluster:
  nodeGroups:
    main: {{instanceTypes: [{kind}], capacity: on-demand, min: 1, desired: {desired}, max: 20}}
    spare: {{instanceTypes: [t3.large], capacity: spot, min: 0, desired: 0, max: 10}}
database: {{multiZone: {zones}}}
"""


def _groups(kind: str = "t3.large", desired: int = 6, zones: str = "true") -> str:
    return GROUPS.format(kind=kind, desired=desired, zones=zones)


def _named(case) -> dict[str, object]:
    return {each.name: each for each in savings(case)}


@pytest.mark.parametrize(
    ("now", "then"), [("t3.large", "t4g.large"), ("m5.xlarge", "m6g.xlarge"), ("z1.a", "z1.a")]
)
def test_each_type_has_its_graviton(now, then) -> None:
    """The same size of another family; a type without one stays."""
    assert then == graviton(now)


def test_graviton_saves_the_difference_of_the_prices(case_of) -> None:
    """Six t3.large at 0.0832 become t4g.large at 0.0672."""
    found = _named(case_of(_groups()))["Graviton for nodes main"]
    assert round(6 * (0.0832 - 0.0672) * 730, 2) == round(found.usd, 2)
    assert "cluster.nodeGroups.main.instanceTypes: [t4g.large]" == found.how


def test_graviton_already_is_nothing_to_save(case_of) -> None:
    """And what has no price is not offered."""
    names = _named(case_of(_groups(kind="t4g.large")))
    assert "Graviton for nodes main" not in names


def test_what_is_above_the_least_may_be_spot(case_of) -> None:
    """Five of six move to the group of spot nodes, at 0.4 of the price."""
    found = _named(case_of(_groups()))["spot for 5 nodes of main"]
    assert round(5 * 0.0832 * 0.6 * 730, 2) == round(found.usd, 2)
    assert "main.desired: 1, cluster.nodeGroups.spare.desired: 5" in found.how


def test_the_least_is_never_spot(case_of) -> None:
    """With one node there is nothing to move."""
    assert not any(each.startswith("spot") for each in _named(case_of(_groups(desired=1))))


def test_commitments_take_off_a_share_of_nodes_on_demand(case_of) -> None:
    """28 % and 50 % of six nodes."""
    names = _named(case_of(_groups()))
    nodes = 6 * 0.0832 * 730
    assert pytest.approx(nodes * 0.28) == names["Compute Savings Plan, 1 year"].usd
    assert pytest.approx(nodes * 0.5) == names["Compute Savings Plan, 3 years"].usd


def test_nodes_are_judged_only_by_what_was_measured(case_of) -> None:
    """35 % of CPU, where 70 % is wanted, is half the nodes; nobody measured, nothing said."""
    measured = _named(case_of(_groups(), Use(cpu=0.35, memory=0.2)))
    assert "3 instead of 6 nodes main" in measured
    assert "35% of CPU and 20% of memory" in measured["3 instead of 6 nodes main"].assumption
    assert not any("instead of" in each for each in _named(case_of(_groups())))


def test_each_zone_keeps_a_node(case_of) -> None:
    """However little is used."""
    assert "3 instead of 6 nodes main" in _named(case_of(_groups(), Use(cpu=0.01, memory=0.01)))


def test_a_place_without_a_standby_may_sleep(case_of) -> None:
    """What has a database in two zones is meant to be up always."""
    name = "nothing runs at night and on weekends"
    assert name in _named(case_of(_groups(zones="false")))
    assert name not in _named(case_of(_groups(zones="true")))
