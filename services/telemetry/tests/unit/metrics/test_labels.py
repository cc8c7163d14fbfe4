"""Label sets, and the matchers that choose among them."""

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Matcher

SET = labels.of({"job": "api", "__name__": "up", "empty": ""})


def test_equal_sets_are_equal_keys() -> None:
    """Neither order nor empty values tell label sets apart."""
    assert labels.of({"__name__": "up", "job": "api"}) == SET


def test_parts_of_a_set() -> None:
    """A set is cut down to some names, or relieved of them."""
    assert (("job", "api"),) == labels.unnamed(SET)
    assert (("job", "api"),) == labels.only(SET, ("job", "other"))
    assert (("__name__", "up"),) == labels.without(SET, ("job",))
    assert ("api", "") == (labels.value(SET, "job"), labels.value(SET, "other"))


def test_a_set_is_written_as_in_messages() -> None:
    """A set reads as Prometheus writes it, quotes escaped."""
    assert 'up{a="x\\"y", job="api"}' == labels.text(labels.of({**dict(SET), "a": 'x"y'}))


@pytest.mark.parametrize(
    ("operator", "value", "fitting", "misfit"),
    [("=", "a", "a", "ab"), ("!=", "a", "", "a"), ("=~", "a|b", "b", "ab"),
     ("!~", "a.*", "", "ab"), ("=~", ".*", "a\nb", None), ("=", "", "", "a")],
)  # fmt: skip
def test_a_matcher_accepts_whole_values(
    operator: str, value: str, fitting: str, misfit: str | None
) -> None:
    """Each operator accepts what fits whole, and nothing else."""
    matcher = Matcher("x", operator, value)
    assert matcher.accepts(fitting)
    assert misfit is None or not matcher.accepts(misfit)
