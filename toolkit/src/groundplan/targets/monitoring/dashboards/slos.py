"""The dashboard of objectives: what was promised, and how fast each budget burns."""

from groundplan.model import written
from groundplan.model.objective import Slo
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards.board import Board, Row, number, series

_WINDOWS = ("rate5m", "rate30m", "rate1h", "increase6h", "increase3d")


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    slos = platform.objectives.slos
    return Board(
        uid="slos",
        title="objectives",
        description="Promises over 30 days. At a pace of 1 a budget lasts exactly as long.",
        rows=(_all(), *(_row(name, slo) for name, slo in slos.items())),
    )


def _all() -> Row:
    burns = "slo:error_ratio:rate1h / on (slo) group_left () (1 - slo:objective:ratio)"
    return Row(
        "All",
        (
            series("Budget that is left", ("slo:error_budget:remaining_ratio", "{{slo}}"),
                   unit="percentunit", width=12, most=1),
            series("Pace over an hour", (burns, "{{slo}}"), width=12, least=0),
        ),
    )  # fmt: skip


def _row(name: str, slo: Slo) -> Row:
    of, budget = f'{{slo="{name}"}}', f"{1 - slo.objective:.6g}"
    paces = [(f"slo:error_ratio:{window}{of} / {budget}", window) for window in _WINDOWS]
    pace = f"(slo:error_ratio:increase3d{of} / {budget} > 0)"
    left = f"slo:error_budget:remaining_ratio{of}"
    return Row(
        f"{name}: {written.share(slo.objective)} of the requests to {slo.service}",
        (
            number("Left of the budget", left, "percentunit"),
            number("At the pace of three days it lasts", f"{left} * 30 * 86400 / {pace}", "s"),
            series("Pace", *paces, width=16, least=0),
        ),
    )
