"""What turns say: medians side by side, and the worst round beside the objectives."""

from typing import Any

from bench.objectives import report, run
from bench.objectives.measure import Sample

OBJECTIVES = run.promised()


def _sample(side: str, p95: float, **other: Any) -> Sample:
    known = {
        "round": 1,
        "requests": 100,
        "p50": 2.0,
        "p99": 30.0,
        "by_kind": {"read": p95},
        "database": 1.0,
        "cache": 0.5,
        "connections": 20,
        "cpu": {"backend": 300.0},
        "errors": (),
    }
    return Sample(side=side, p95=p95, **{**known, **other})


def test_the_worst_round_of_ours_is_held_against_the_objectives() -> None:
    """One round over the limit is enough to miss it; the peer's do not count."""
    samples = [_sample("ours", 20), _sample("ours", 250), _sample("theirs", 900)]
    verdict = report.targets(samples, OBJECTIVES)
    assert [False, True, True, True] == [each.reached for each in verdict]
    assert 250 == verdict[0].measured
    assert "p95 at 10000/min under 200 ms" == verdict[0].promise


def test_medians_stand_side_by_side() -> None:
    """A ratio is ours divided by theirs."""
    samples = [_sample("ours", each) for each in (10, 20, 60)] + [_sample("theirs", 40)]
    row = {each.figure: each for each in report.rows(samples)}["p95"]
    assert (20, 40, 0.5) == (row.ours, row.theirs, row.ratio)
    assert "| p95, ms | 20.00 | 40.00 | 0.50 | 250%, 0% |" in report.markdown([row], [])


def test_a_failed_request_makes_the_run_invalid() -> None:
    """The line names the side, how many failed and the first reason."""
    samples = [_sample("ours", 10), _sample("theirs", 10, errors=["list: answered 500"])]
    assert ["round 1 theirs: 1 of 100, list: answered 500"] == report.failures(samples)
