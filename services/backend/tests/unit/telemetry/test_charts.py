"""The charts: every expression is one, and asks for nothing that nobody tells."""

import re
from pathlib import Path

import promql_parser
import pytest

from groundplan_backend.telemetry import charts
from groundplan_backend.telemetry.charts import CHARTS

_ROOT = Path(__file__).parents[5]
_METRIC = re.compile(r"^[a-z][a-z0-9_]+$")
_OTHERS = ("envoy_", "nginx_", "pg_", "redis_", "node_")
"""What programs of others tell of themselves."""


def _metrics(expression: str) -> set[str]:
    """Return the names of the metrics in an expression."""
    tree = promql_parser.parse(expression).prettify()
    return {
        name for name in re.findall(r"([a-z][a-z0-9_]+)(?:\{|\[)", tree) if _METRIC.match(name)
    }


@pytest.mark.parametrize("name", CHARTS)
def test_every_expression_can_be_read(name: str) -> None:
    """Of a service it names the service, of the platform it does not ask for one."""
    written = charts.written(CHARTS[name].expression, "orders", 120)
    promql_parser.parse(written)
    assert ("orders" in written) == (CHARTS[name].of == "service")
    assert "$" not in written


def test_every_metric_of_ours_is_registered() -> None:
    """A chart of a metric that nobody emits would be empty for ever."""
    registered = (_ROOT / "services/contracts/signals.yaml").read_text()
    found = {
        metric
        for chart in CHARTS.values()
        for metric in _metrics(charts.written(chart.expression, "orders", 120))
        if not metric.startswith(_OTHERS)
    }
    names = {re.sub(r"_(bucket|count|sum)$", "", metric) for metric in found}
    assert "http_server_request_duration_seconds" in names
    assert [] == [name for name in sorted(names) if f"\n  {name}:" not in registered]


def test_names_stand_in_paths() -> None:
    """A name is what the document says of such parameters."""
    assert [] == [name for name in CHARTS if not re.fullmatch("[a-z0-9][a-z0-9-]{0,62}", name)]


def test_what_tells_lines_apart_is_told() -> None:
    """Quantiles that one question asks for have a label of their own."""
    assert 3 == CHARTS["latency"].expression.count("label_replace(")
    assert ["quantile"] == CHARTS["latency"].shown().by
    assert ["system", "quantile"] == CHARTS["dependencies"].shown().by
    assert ["method", "route"] == CHARTS["routes"].shown().by


def test_a_metric_that_nobody_registered_would_be_found() -> None:
    """The check above can fail: names are really read from expressions."""
    assert {"made_up_total"} == _metrics('sum(rate(made_up_total{job="x"}[1m]))')
