"""What is kept of traces."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.collector import sampling


@pytest.fixture
def policies(reference: Platform) -> dict[str, dict[str, Any]]:
    """Return the policies by name."""
    return {each["name"]: each for each in sampling.settings(reference)["policies"]}


def test_errors_slow_ones_and_marked_ones_are_always_kept(
    policies: dict[str, dict[str, Any]], reference: Platform
) -> None:
    """What is slow is the file's word; what was marked says why in an attribute."""
    assert ["ERROR"] == policies["errors"]["status_code"]["status_codes"]
    slow = round(reference.observability.traces.slow * 1000)
    assert slow == policies["slow"]["latency"]["threshold_ms"]
    assert "sampling.reason" == policies["marked"]["string_attribute"]["key"]


def test_others_are_kept_while_there_is_room(policies: dict[str, dict[str, Any]]) -> None:
    """So many spans a second, whatever comes."""
    assert 500 == policies["others"]["rate_limiting"]["spans_per_second"]


def test_questions_about_health_are_dropped_first(
    policies: dict[str, dict[str, Any]],
) -> None:
    """Before any policy could keep them."""
    assert "quiet" == next(iter(policies))
    (asked,) = policies["quiet"]["drop"]["drop_sub_policy"]
    (pattern,) = asked["string_attribute"]["values"]
    assert re.search(pattern, "/healthz/live")
    assert not re.search(pattern, "/api/v1/healthz/")


def test_a_trace_is_waited_for_longer_than_a_request_may_take(
    platform_with: Callable[[str], Platform],
) -> None:
    """Its last span must be there when it is decided."""
    platform = platform_with("")
    longest = max(each.resilience.timeout for each in platform.services.values())
    assert float(sampling.settings(platform)["decision_wait"].removesuffix("s")) >= longest
