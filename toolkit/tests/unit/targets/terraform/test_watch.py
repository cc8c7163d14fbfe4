"""Alarms, the budget, backups and experiments."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.targets.terraform import watch
from groundplan.targets.terraform.stack import Stack


def calls(stack: Stack) -> dict[str, Any]:
    """Return the values of each call."""
    return {block.labels[0]: block.attributes for block in watch.blocks(stack)}


@pytest.mark.parametrize(("written", "days"), [("1d", 365), ("30d", 365), ("365d", 365)])
def test_logs_are_kept_at_least_as_long(
    stack_with: Callable[..., Stack], written: str, days: int
) -> None:
    """Of the times that CloudWatch offers, the shortest that lasts a year is taken."""
    stack = stack_with(f"observability: {{logs: {{retention: {written}}}}}")
    assert days == calls(stack)["observability"]["retention_days"]


def test_the_budget_counts_this_stack_only(stack_with: Callable[..., Stack]) -> None:
    """The budget's tag is the stack's."""
    cost = calls(stack_with())["cost"]
    assert (500, "stack") == (cost["budget"], cost["tag"]["key"])


def test_no_lock_is_no_lock(stack_with: Callable[..., Stack]) -> None:
    """Zero days lock nothing; more do."""
    assert calls(stack_with())["backup"]["lock_days"] is None
    assert 7 == calls(stack_with("backup: {lockDays: 7}"))["backup"]["lock_days"]


def test_experiments_end_when_more_fails_than_is_meant(
    stack_with: Callable[..., Stack],
) -> None:
    """Losing a zone must neither break the Kubernetes API nor fill the database's disk."""
    alarms = calls(stack_with())["resilience"]["stop_alarm_arns"]
    assert [
        'module.observability.alarm_arns["groundplan-prod-cluster-api-errors"]',
        'module.observability.alarm_arns["groundplan-prod-database-groundplan-prod-storage"]',
    ] == [each.text for each in alarms]
