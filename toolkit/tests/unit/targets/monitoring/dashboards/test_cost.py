"""The dashboard of cost."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import cost
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_names_the_budget_and_what_lies_idle(reference: Platform, asked: Asked) -> None:
    """The budget is the file's; what is asked for and lies idle is measured."""
    made = cost.board(reference)
    assert "cost" == made.uid
    (words, *_) = made.rows[0].panels
    assert str(reference.cost.budget) in words.description
    named = set().union(*asked(made).values())
    assert {"kube_pod_container_resource_requests", "kube_node_status_allocatable"} <= named
