"""The dashboard of the platform."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import overview
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_shows_objectives_and_what_is_lost_on_the_way(
    reference: Platform, asked: Asked
) -> None:
    """It says whether the platform is well, and whether it is seen at all."""
    made = overview.board(reference)
    assert "platform" == made.uid
    titles = [row.title for row in made.rows]
    assert "Objectives" in titles
    assert any("tracing_spans_total" in question for question in asked(made))
