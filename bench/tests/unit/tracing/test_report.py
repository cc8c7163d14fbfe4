"""What traces cost is read from the processor time of whole requests."""

from bench.rounds import Sample
from bench.tracing import report
from bench.tracing.report import BARE, TRACED, Cost


def _sample(side: str, number: int, gateway: float, backend: float) -> Sample:
    cpu = {"gateway": gateway, "backend": backend}
    return Sample("list", side, number, 100, 10.0, 1, 2, 3, {}, cpu)


SAMPLES = [
    *(_sample(TRACED, number, 104.0 + number, 200.0) for number in (1, 2, 3)),
    *(_sample(BARE, number, 100.0, 200.0 + number) for number in (1, 2, 3)),
]


def test_medians_stand_by_tier_and_for_the_whole_request() -> None:
    """What a tier gains and another loses is not added up from medians, but round by round."""
    assert [
        Cost("list", "gateway", 106.0, 100.0),
        Cost("list", "backend", 200.0, 202.0),
        Cost("list", "", 306.0, 302.0),
    ] == report.costs(SAMPLES)


def test_the_promise_is_held_against_whole_requests() -> None:
    """A tier may gain more than the share, a request not."""
    (target,) = report.targets(report.costs(SAMPLES))
    assert (0.0132, True) == (target.measured, target.reached)
    (missed,) = report.targets([Cost("read", "", 106.0, 100.0)])
    assert not missed.reached


def test_the_tables_show_what_was_measured() -> None:
    """Every tier, the sum, and whether the promise is kept."""
    table = report.costs(SAMPLES)
    shown = report.markdown(table, report.targets(table))
    assert "| list | gateway | 106 | 100 | +6.0% |" in shown
    assert "| list | **all** | 306 | 302 | +1.3% |" in shown
    assert "| 1.3% | yes |" in shown
