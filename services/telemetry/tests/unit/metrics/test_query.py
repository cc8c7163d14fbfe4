"""Queries over a source of samples."""

from array import array
from collections.abc import Sequence

import pytest

from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.promql import evaluate, table
from groundplan_telemetry.metrics.promql.evaluate import Evaluator
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import Grid, Samples

UP = labels.of({"__name__": "up", "job": "api"})


class Source:
    """One series with a sample each second, from 0 to 9."""

    def select(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Samples]:
        """Return it where it fits."""
        if not all(each.accepts(labels.value(UP, each.name)) for each in matchers):
            return []
        times = array("q", [at for at in range(1000, 11_000, 1000) if start <= at <= end])
        return [Samples(UP, times, array("d", [at / 1000 - 1 for at in times]))]

    def tables(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Table]:
        """Return the same as a table."""
        return table.of(self.select(matchers, start, end))


def test_a_moment() -> None:
    """At a moment a query has its latest value."""
    found = query.at(Source(), "up + 1", 5500)["result"]
    assert [{"metric": {"job": "api"}, "value": [5.5, "5"]}] == found


def test_samples_of_a_range() -> None:
    """A range at a moment gives the samples themselves, its beginning left out."""
    found = query.at(Source(), "(up[2s])", 5000)
    assert "matrix" == found["resultType"]
    assert [[4, "3"], [5, "4"]] == found["result"][0]["values"]


def test_over_time() -> None:
    """Over a time a query has a value at each step."""
    found = query.over(Source(), "up", 2000, 4500, 1000)
    assert [[2, "1"], [3, "2"], [4, "3"]] == found["result"][0]["values"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [("up[1m]", 'invalid expression type "range vector"'), ('"x"', 'expression type "string"'),
     ("up +", "invalid promql query")],
)  # fmt: skip
def test_what_has_no_course_is_refused(asked: str, said: str) -> None:
    """Over a time neither samples of a range nor texts can be asked."""
    with pytest.raises(QueryError, match=said) as refused:
        query.over(Source(), asked, 0, 1000, 1000)
    assert "bad_data" == refused.value.kind


def test_too_many_points_are_refused() -> None:
    """More than 11,000 points a series are refused, as by Prometheus."""
    assert query.over(Source(), "up", 0, 10_999_000, 1000)
    with pytest.raises(QueryError, match="exceeded maximum resolution of 11,000"):
        query.over(Source(), "up", 0, 11_000_000, 1000)


def test_a_query_that_takes_too_long_is_ended() -> None:
    """A query whose time is over fails with a kind of its own."""
    with pytest.raises(QueryError) as refused:
        query.at(Source(), "up + up", 5000, longest=-1.0)
    assert (503, "timeout") == (refused.value.status, refused.value.kind)


def test_rules_want_vectors() -> None:
    """A rule gets rows that have a value; a number is a row without labels, a text none."""
    assert [4.0] == query.vector(Source(), "up", 5000)[0].values
    assert [] == query.vector(Source(), "up > 7", 5000)
    assert ((), [3.0]) == tuple(
        getattr(query.vector(Source(), "1 + 2", 5000)[0], name) for name in ("labels", "values")
    )
    with pytest.raises(QueryError, match="not a vector or scalar"):
        query.vector(Source(), '"x"', 5000)


def test_selectors_that_stand_alone() -> None:
    """Conditions are read from a selector, and nothing else is one."""
    assert [Matcher("__name__", "=", "up"), Matcher("a", "=~", "b")] == query.matchers(
        'up{a=~"b"}'
    )
    for wrong in ("up + 1", "up{"):
        with pytest.raises(QueryError, match=r"match\[\]"):
            query.matchers(wrong)


def test_series_that_have_samples() -> None:
    """A series counts where it has samples in the time and fits a selector; none means all."""
    assert {UP} == query.with_samples(Source(), [], 0, 20_000)
    assert {UP} == query.with_samples(
        Source(), [query.matchers("x"), query.matchers("up")], 0, 1000
    )
    assert set() == query.with_samples(Source(), [query.matchers("x")], 0, 20_000)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("label_replace(vector(1), 'z', '$1', 'a', '(a+)+$')", "a repeat within a repeat"),
        ("up{job=~'(a+)+$'}", "a repeat within a repeat"),
        ("topk(NaN, up)", "Scalar value NaN overflows int64"),
        ("topk(1e400, up)", "overflows int64"),
        ("bottomk(-1e300, up)", "overflows int64"),
        ("max_over_time(vector(1)[1000y:1ms])", "1000000 points at the most"),
        ("max_over_time(vector(1)[100d:1s])", "1000000 points at the most"),
        ("+".join(["1"] * 1_500), "nested too deeply"),
        ("(" * 500 + "1" + ")" * 500, "nested too deeply"),
        ("+".join(["1"] * 300_000), "4096 characters"),
        ("(" * 300_000, "4096 characters"),
        ("# ' \n" + "(" * 300_000 + "\n# '", "4096 characters"),
    ],
)
def test_what_would_cost_too_much_is_refused(asked: str, why: str) -> None:
    """A query is answered or refused, and neither holds up nor ends the process."""
    with pytest.raises(QueryError, match=why) as refused:
        query.at(Source(), asked, 5000)
    assert 422 == refused.value.status


def test_labels_do_not_double_for_ever() -> None:
    """A label that is made of itself twice, time and again, ends at some length."""
    asked = "vector(1)"
    for number in range(26):
        template = "aa" if number == 0 else "$1$1"
        asked = f"label_replace({asked}, 'a', '{template}', 'a', '(.*)')"
    with pytest.raises(QueryError, match="4096 characters"):
        query.at(Source(), asked, 5000)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("minute(vector(1e20))", "NaN"),
        ("hour(vector(NaN))", "NaN"),
        ("day_of_month(vector(-1e15))", "NaN"),
        ("round(vector(1e308), 1e-308)", "+Inf"),
        ("round(vector(-Inf))", "-Inf"),
        ("round(vector(NaN))", "NaN"),
        ("count(topk(3, up))", "1"),
    ],
)
def test_numbers_that_lead_nowhere_are_answers(asked: str, expected: str) -> None:
    """What is no date and no finite number is said as such."""
    (row,) = query.at(Source(), asked, 5000)["result"]
    assert expected == row["value"][1]


@pytest.mark.parametrize(
    "asked",
    [
        "max_over_time(vector(1)[10999s:1s])",
        "sum(count_over_time(up[1h]))",
        "topk(1, up)",
        "quantile(0.5, up)",
        "count_values('v', up)",
        "label_replace(up, 'a', 'b', 'job', 'api')",
        "sum_over_time((up > 0)[9s:1s])",
    ],
)
def test_the_clock_is_asked_within(asked: str) -> None:
    """Whatever takes long is ended while it does, not only between one part and the next."""
    asks: list[bool] = []

    def is_over() -> bool:
        asks.append(True)
        return len(asks) > evaluated

    grid = Grid(5000, 1000, 100)
    evaluated = 1 << 30
    Evaluator(Source(), (5000, 5000), is_over).value(evaluate.parse(asked), grid)
    parts = asked.count("(") + 2
    assert len(asks) > parts
    evaluated, _ = len(asks) - 1, asks.clear()
    with pytest.raises(QueryError, match="timed out"):
        Evaluator(Source(), (5000, 5000), is_over).value(evaluate.parse(asked), grid)


@pytest.mark.parametrize("asked", ["up", "max_over_time(up[2s])"])
def test_values_count_as_samples_do(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few samples that make many values are too many."""
    monkeypatch.setattr(evaluate, "MOST_SAMPLES", 50)
    assert query.over(Source(), asked, 1000, 10_000, 1000)["result"]
    with pytest.raises(QueryError, match="too many samples"):
        query.over(Source(), asked, 1000, 10_000, 100)
