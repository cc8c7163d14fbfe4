"""Times in rules, as Prometheus writes them and as a rehearsal shortens them."""

import pytest

from groundplan.targets.monitoring.rules.window import BURNS, WINDOWS, Clock


@pytest.mark.parametrize(
    ("seconds", "scale", "text"),
    [(300, 1, "5m"), (259200, 1, "3d"), (90, 1, "90s"), (300, 20, "15s"), (30, 20, "1500ms"),
     (0.0001, 1, "1ms")],
)  # fmt: skip
def test_a_time_is_written_in_its_largest_whole_unit(
    seconds: float, scale: float, text: str
) -> None:
    """Divided by the scale, and never nought."""
    assert text == Clock(scale).text(seconds)


def test_an_alert_waits_for_some_looks_however_short_times_are() -> None:
    """A rehearsal does not take one slow answer for a fault."""
    assert ("3s", "15s") == (Clock(40, 3).wait(30), Clock(40, 3).wait(600))
    assert "30s" == Clock().wait(30)


def test_short_windows_are_a_twelfth_of_long_ones() -> None:
    """So that an alert ends soon after its cause."""
    assert [12.0] * 3 == [WINDOWS[burn.long] / WINDOWS[burn.short] for burn in BURNS]


def test_a_months_budget_is_spent_by_2_5_and_10_percent_before_somebody_is_told() -> None:
    """The factors fit the windows."""
    spent = [burn.factor * WINDOWS[burn.long] / WINDOWS["30d"] for burn in BURNS]
    assert [0.02, 0.05, 0.1] == pytest.approx(spent)
