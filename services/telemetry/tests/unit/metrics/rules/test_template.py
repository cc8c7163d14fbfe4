"""Texts of alerts."""

import pytest

from groundplan_telemetry.metrics.rules import template
from groundplan_telemetry.metrics.rules.template import Facts

FACTS = Facts({"job": "api"}, 0.0375, {"environment": "local"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", "nothing"),
        ("{{ $labels.job }}/{{$labels.none}}.", "api/."),
        ("{{ .Labels.job }} {{ .Value }}", "api 0.0375"),
        ("{{ $externalLabels.environment | toUpper }}", "LOCAL"),
        ("{{ $value | humanizePercentage }}", "3.75%"),
        ("{{ humanizeDuration $value }}", "37.5ms"),
        ("{{ $value | humanize }}", "37.5m"),
        ('{{ printf "%.1f%%" 12.34 }}', "12.3%"),
        ('{{ printf "%s at %v" $labels.job $value }}', "api at 0.0375"),
        ("{{- $value -}}", "0.0375"),
    ],
)
def test_places_are_filled(text: str, expected: str) -> None:
    """Labels, the value, and functions of them stand where the template has them."""
    assert expected == template.fill(text, FACTS)


@pytest.mark.parametrize("text", ["{{ query }}", "{{ $value | odd }}", '{{ "x" | humanize }}',
                                  '{{ printf "%d" $labels.job }}'])  # fmt: skip
def test_what_is_not_known_stands_as_an_error(text: str) -> None:
    """A template that cannot be filled says so in the text, and stops nothing."""
    assert template.fill(text, FACTS).startswith("<error expanding template: ")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.0, "1"), (0.5, "0.5"), (123456.0, "123456"), (1e6, "1e+06"), (1234567.5, "1.2345675e+06"),
     (0.00001, "1e-05"), (0.0, "0"), (float("nan"), "NaN"), (float("-inf"), "-Inf"), ("x", "x")],
)  # fmt: skip
def test_numbers_are_shown_as_go_does(value: float | str, expected: str) -> None:
    """A number is short, and has an exponent from a million on."""
    assert expected == template.shown(value)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0s"), (1.5, "1.5s"), (61, "1m 1s"), (3600, "1h 0m 0s"), (90061, "1d 1h 1m 1s"),
     (-65, "-1m 5s"), (0.002, "2ms")],
)  # fmt: skip
def test_durations(seconds: float, expected: str) -> None:
    """Seconds are said in the units that people use."""
    assert expected == template.humanize_duration(seconds)


@pytest.mark.parametrize(
    ("value", "thousands", "binary"),
    [(1.0, "1", "1"), (1500.0, "1.5k", "1.465ki"), (3e9, "3G", "2.794Gi"), (0.0, "0", "0")],
)
def test_prefixes(value: float, thousands: str, binary: str) -> None:
    """Large numbers get prefixes of thousands, or of 1,024."""
    assert (thousands, binary) == (template.humanize(value), template.humanize_binary(value))
