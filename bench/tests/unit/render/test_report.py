"""What rounds of rendering say: medians, ratios and the two promises."""

from bench.render import report
from bench.render.measure import Sample
from bench.table import Target


def sample(side: str, number: int, cpu: float, *, services: int = 3) -> Sample:
    """Return one round of one side; ours makes its objects in a tenth of its time."""
    inside = cpu / 10 if side == "ours" else 0.0
    return Sample(services, side, number, cpu, 2 * cpu, inside, inside)


SAMPLES = [
    *(sample("ours", number, cpu) for number, cpu in enumerate((1.0, 2.0, 6.0))),
    *(sample("theirs", number, cpu) for number, cpu in enumerate((4.0, 4.0, 5.0))),
]


def test_medians_are_compared() -> None:
    """The middle round counts, and the spread is shown beside it."""
    cpu, wall, alone = report.rows(SAMPLES)
    assert (2.0, 4.0, 0.5) == (cpu.ours, cpu.theirs, cpu.ratio)
    assert (2.5, 0.25) == (cpu.spread_ours, cpu.spread_theirs)
    assert (4.0, 8.0) == (wall.ours, wall.theirs)
    assert (0.4, 0.0) == (alone.ours, alone.theirs)


def test_promises_are_held_against_work_alone() -> None:
    """Sizes that were not measured promise nothing."""
    (found,) = report.targets(report.rows(SAMPLES))
    assert Target("3 services take less than 1 s of work", 0.4, True) == found
    slow = [sample("ours", 1, 60.0, services=500), sample("theirs", 1, 1.0, services=500)]
    (missed,) = report.targets(report.rows(slow))
    assert (12.0, False) == (missed.measured, missed.reached)


def test_tables_show_both_sides() -> None:
    """What only ours has stands alone in its row."""
    table = report.rows(SAMPLES)
    text = report.markdown(table, report.targets(table), {3: 24})
    assert "| 3 services | CPU, whole command | 2.000 | 4.000 | 0.50 | 250%, 25% |" in text
    assert f"| 3 services | {report.ALONE} | 0.400 | | | 250% |" in text
    assert "of 3 services: 24." in text
