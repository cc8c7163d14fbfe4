"""What samples of files come to."""

from bench.upload import report
from bench.upload.measure import DOWN, UP, Sample


def _sample(way: str, side: str, seconds: float, growth: float = 1.0) -> Sample:
    return Sample(way, side, 1, 1000.0, seconds, {"backend": 2.0}, growth)


def _samples(growth: float = 1.0, seconds: float = 5.0) -> list[Sample]:
    return [
        _sample(way, side, took, growth)
        for way in (UP, DOWN)
        for side, took in (("ours", seconds), ("ours", seconds), ("theirs", 2 * seconds))
    ]


def test_medians_stand_side_by_side() -> None:
    """Throughput, growth and every tier's work, in both directions."""
    table = report.rows(_samples())
    assert ["throughput", "growth of the backend", "CPU backend"] * 2 == [r.figure for r in table]
    assert (200.0, 100.0, 2.0) == (table[0].ours, table[0].theirs, table[0].ratio)


def test_promises_are_held_against_the_medians_and_the_worst_growth() -> None:
    """100 MB/s in each direction and 64 MiB; a miss is a miss."""
    fine = _samples()
    assert [True] * 3 == [each.reached for each in report.targets(report.rows(fine), fine)]
    slow = _samples(growth=64.0, seconds=11.0)
    assert [False] * 3 == [each.reached for each in report.targets(report.rows(slow), slow)]


def test_the_page_shows_both_sides_and_the_promises() -> None:
    """One table of figures, one of targets."""
    samples = _samples()
    table = report.rows(samples)
    text = report.markdown(table, report.targets(table, samples))
    assert "| download | throughput, MB/s | 200.00 | 100.00 | 2.00 | 0%, 0% |" in text
    assert text.count("| yes |") == 3
