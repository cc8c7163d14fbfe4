"""Labels made of labels."""

import pytest

from groundplan_telemetry.metrics.promql import relabel
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Row

ROW = Row((("__name__", "a"), ("x", "one-two")), [1.0])


@pytest.mark.parametrize(
    ("to", "template", "pattern", "expected"),
    [("y", "$2-$1", "(.*)-(.*)", "two-one"), ("y", "${1}x$$", "(.*)-.*", "onex$"),
     ("y", "$9", ".*", ""), ("y", "v", "one", ""), ("x", "", ".*", "one-two")],
)  # fmt: skip
def test_a_label_is_replaced_where_another_fits(
    to: str, template: str, pattern: str, expected: str
) -> None:
    """A label is written from the parts of one that fits whole; an empty one goes away."""
    (found,) = relabel.replace([ROW], to, template, "x", pattern)
    assert (expected if to == "y" else "") == dict(found.labels).get(to, "")


def test_labels_are_joined() -> None:
    """Values are joined in the order that is asked for."""
    (found,) = relabel.join([ROW], "y", "/", ["x", "none", "x"])
    assert "one-two//one-two" == dict(found.labels)["y"]


def test_what_cannot_be_is_refused() -> None:
    """Names that are none, patterns that are none, and rows that become the same are refused."""
    with pytest.raises(QueryError, match="invalid destination label name"):
        relabel.replace([ROW], "0y", "v", "x", ".*")
    with pytest.raises(QueryError, match="invalid regular expression"):
        relabel.replace([ROW], "y", "v", "x", "(")
    other = Row((("__name__", "a"), ("x", "three")), [1.0])
    with pytest.raises(QueryError, match="same labelset"):
        relabel.replace([ROW, other], "x", "same", "x", ".*")


def test_labels_and_templates_have_a_length() -> None:
    """One that is as long as may be is made, a longer one is refused."""
    whole = "x" * relabel.LONGEST
    (found,) = relabel.replace([ROW], "y", whole, "x", ".*")
    assert whole == dict(found.labels)["y"]
    for work in (
        lambda: relabel.replace([found], "y", "${1}z", "y", "(.*)"),
        lambda: relabel.replace([ROW], "y", whole + "x", "x", ".*"),
        lambda: relabel.join([found], "z", "", ["y", "x"]),
    ):
        with pytest.raises(QueryError, match="4096 characters"):
            work()


def test_patterns_that_cost_too_much_are_refused() -> None:
    """By what they are, and by how long the value is that they are asked of."""
    with pytest.raises(QueryError, match="a repeat within a repeat"):
        relabel.replace([ROW], "y", "v", "x", "(a+)+$")
    long = Row((("x", "a" * 3000),), [1.0])
    with pytest.raises(QueryError, match="too many ways"):
        relabel.replace([long], "y", "v", "x", ".*a.*a.*a")
