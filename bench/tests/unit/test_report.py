"""What samples say: medians, ratios, targets and invalid runs."""

from typing import Any

import pytest

from bench import report
from bench.rounds import Sample


def sample(
    side: str,
    *,
    scenario: str = "list",
    number: int = 1,
    rate: float = 100.0,
    p99: int = 10_000,
    gateway: float = 300.0,
    errors: int = 0,
    requests: int = 1000,
) -> Sample:
    """Return one sample of one side."""
    return Sample(
        scenario,
        side,
        number,
        requests,
        rate,
        1_000,
        2_000,
        p99,
        {"status": errors},
        {"gateway": gateway},
    )


def both(ours: Sample, theirs: Sample) -> list[Sample]:
    """Return the two samples as they came under every scenario."""
    return [
        Sample(**{**{f: getattr(s, f) for f in Sample.__slots__}, "scenario": scenario})
        for scenario in ("list", "read", "create", "search", "login")
        for s in (ours, theirs)
    ]


def test_medians_of_the_rounds_are_set_side_by_side() -> None:
    """The middle round counts, and the spread tells how far the others were."""
    rates = [(1, 100.0), (2, 120.0), (3, 300.0)]
    samples = [
        *both(sample("ours"), sample("theirs", rate=40.0))[2:],
        *(sample("ours", number=n, rate=rate) for n, rate in rates),
        sample("theirs", rate=40.0),
    ]

    row = next(r for r in report.rows(samples) if (r.scenario, r.figure) == ("list", "throughput"))

    assert (row.ours, row.theirs, row.ratio) == (120.0, 40.0, 3.0)
    assert row.spread_ours == pytest.approx(200 / 120, abs=0.001)


def test_targets_are_reached_by_a_stack_that_reaches_them() -> None:
    """A third of the CPU, thrice the throughput and a shorter tail are all marked as reached."""
    table = report.rows(
        both(
            sample("ours", rate=300, p99=5_000, gateway=100),
            sample("theirs", rate=100, p99=9_000, gateway=301),
        )
    )

    assert [True] * 6 == [target.reached for target in report.targets(table)]


def test_targets_are_missed_by_a_stack_that_misses_them() -> None:
    """Negative control: equal figures reach no target."""
    table = report.rows(both(sample("ours"), sample("theirs")))

    assert [False] * 6 == [target.reached for target in report.targets(table)]


@pytest.mark.parametrize("fault", [{"errors": 1}, {"requests": 0}])
def test_one_failed_request_makes_the_run_invalid(fault: dict[str, Any]) -> None:
    """A run with an error, or without an answer, names the sample that spoils it."""
    samples = [sample("ours"), sample("theirs", **fault)]

    assert ["list round 1 theirs"] == [line.split(":")[0] for line in report.failures(samples)]


def test_the_page_shows_ratios_and_targets() -> None:
    """Every figure, the memory and every target have their line."""
    table = report.rows(both(sample("ours"), sample("theirs")))
    sizes = {"gateway": {"pss": 1.5, "rss": 2.0}}

    page = report.markdown(table, report.targets(table), {"ours": sizes, "theirs": sizes})

    assert "| list of 20 rows from PostgreSQL | throughput, requests/s | 100.0 |" in page
    assert "| gateway | 1.5 | 1.5 |" in page
    assert page.count("| no |") == 6
