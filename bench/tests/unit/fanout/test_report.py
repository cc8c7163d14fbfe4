"""What turns with followers say."""

from bench.fanout import report
from bench.fanout.measure import Sample


def test_medians_stand_side_by_side() -> None:
    """A ratio is ours divided by theirs; every tier has its line."""
    samples = [
        *(Sample("ours", n, 10.0 * n, 30.0, 60.0, 5.0, {"backend": 40.0}) for n in (1, 2, 3)),
        Sample("theirs", 1, 40.0, 30.0, 60.0, 5.0, {"backend": 20.0}),
    ]
    table = report.rows(samples)
    assert (20.0, 40.0, 0.5) == (table[0].ours, table[0].theirs, table[0].ratio)
    assert ("CPU backend", 2.0) == (table[-1].figure, table[-1].ratio)
    shown = report.markdown(table)
    assert "| an event, until half of the followers have it, ms | 20.00 | 40.00 | 0.50 |" in shown
