"""The dashboard of what people do."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import business
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_shows_what_people_do(reference: Platform, asked: Asked) -> None:
    """Sign-ins, deployments and uploads."""
    made = business.board(reference)
    assert "business" == made.uid
    named = set().union(*asked(made).values())
    assert {"sign_ins_total", "deployments_total", "uploads_total"} <= named
