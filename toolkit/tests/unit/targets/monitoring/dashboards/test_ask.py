"""Questions in PromQL."""

import promql_parser

from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import RATE


def test_questions_are_what_they_are_called() -> None:
    """Rates of counters, quantiles of histograms, shares that are nought where nothing failed."""
    assert f'sum by (b) (rate(x{{a="1"}}[{RATE}]))' == ask.rate("x", 'a="1"', "b")
    assert f"histogram_quantile(0.9, sum by (le) (rate(x_bucket[{RATE}])))" == ask.quantile(
        0.9, "x"
    )
    part = f'sum (rate(x{{j="k",c="5"}}[{RATE}]))'
    every = f'sum (rate(x{{j="k"}}[{RATE}]))'
    assert f"({part} or {every} * 0) / {every}" == ask.share("x", 'c="5"', 'j="k"')
    assert "sum (x)" == ask.total("x")


def test_all_of_them_parse() -> None:
    """As Prometheus reads them, types and all."""
    made = (
        ask.rate("x", 'a="1"', "b"),
        ask.share("x", 'a="1"', by="b"),
        ask.quantile(0.5, "x", by="b"),
        ask.average("x"),
        ask.total("x", by="b"),
    )
    for each in made:
        promql_parser.parse(each.replace(RATE, "5m"))
