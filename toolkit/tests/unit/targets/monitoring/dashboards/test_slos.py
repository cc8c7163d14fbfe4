"""The dashboard of objectives."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import slos
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_each_objective_has_a_row(reference: Platform, asked: Asked) -> None:
    """With what is left, how fast it goes, and until when it lasts."""
    made = slos.board(reference)
    names = list(reference.objectives.slos)
    assert 1 + len(names) == len(made.rows)
    for name, row in zip(names, made.rows[1:], strict=True):
        assert row.title.startswith(f"{name}: ")
    assert "slo:error_budget:remaining_ratio" in set().union(*asked(made).values())


def test_a_pace_is_measured_by_the_budget(platform_with: Callable[[str], Platform]) -> None:
    """At a pace of 1 the budget lasts exactly as long as its window."""
    made = slos.board(platform_with(""))
    pace = made.rows[1].panels[-1].asked[0][0]
    assert pace.endswith("/ 0.001")
