"""What traces cost is read from blocks, with bounds, and beside what nothing costs."""

from bench.tracing import report
from bench.tracing.measure import BARE, CONTROL, TRACED, Block
from bench.tracing.report import Change, Cost

NOTHING = Change(0.0, 0.0, 0.0, 6)


def _blocks(traced: float, noise: float = 0.0) -> list[Block]:
    """Return six blocks of two runs; the machine becomes twice as slow meanwhile."""
    return [
        Block(
            "list",
            run,
            600,
            {
                TRACED: {"gateway": slow * traced, "backend": slow * 200.0},
                BARE: {"gateway": slow * 100.0, "backend": slow * 200.0},
                CONTROL: {"gateway": slow * (100.0 + noise), "backend": slow * 200.0},
            },
        )
        for run, slow in ((1, 1.0), (1, 1.2), (1, 1.4), (2, 1.6), (2, 1.8), (2, 2.0))
    ]


def test_a_slower_machine_is_no_cost() -> None:
    """Shares are taken within blocks, so that only what a side adds is in them."""
    gateway, backend, both = report.costs(_blocks(106.0))
    assert Change(0.06, 0.06, 0.06, 6) == gateway.more
    assert NOTHING == backend.more
    assert (Change(0.02, 0.02, 0.02, 6), NOTHING) == (both.more, both.control)


def test_the_control_is_told_beside_it() -> None:
    """A side that has no traces either shows what the machine makes up."""
    gateway, *_ = report.costs(_blocks(106.0, noise=4.0))
    assert Change(0.04, 0.04, 0.04, 6) == gateway.control


def test_the_promise_is_held_against_whole_requests() -> None:
    """A tier may gain more than the share, a request not."""
    (found,) = report.verdicts(report.costs(_blocks(106.0)))
    assert "yes" == found.reached
    (found,) = report.verdicts(report.costs(_blocks(120.0)))
    assert "no" == found.reached


def test_what_lies_on_both_sides_of_the_promise_is_not_judged() -> None:
    """Bounds, and not the middle, say whether it is kept."""
    found = [
        report.verdicts([Cost("read", "", 1, 1, Change(0.03, low, high, 6), NOTHING)])[0].reached
        for low, high in ((0.01, 0.05), (0.01, 0.051), (0.051, 0.09))
    ]
    assert ["yes", "unsure", "no"] == found


def test_a_few_blocks_judge_nothing() -> None:
    """A quick look has bounds as well, but they hold little."""
    (found,) = report.verdicts(report.costs(_blocks(106.0)[:2]))
    assert "unsure" == found.reached


def test_the_tables_show_what_was_measured() -> None:
    """Every tier, the sum, the control, and whether the promise is kept."""
    table = report.costs(_blocks(106.0))
    shown = report.markdown(table, report.verdicts(table))
    assert "| list | gateway | 159.0 | 150.0 | +6.0% (+6.0% to +6.0%) | +0.0% " in shown
    assert "| list | **all** |" in shown
    assert "| +2.0% (+2.0% to +2.0%) | yes |" in shown
