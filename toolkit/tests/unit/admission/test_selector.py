"""Selectors select as Kubernetes says."""

from typing import Any

import pytest

from groundplan.admission import selector

LABELS = {"app": "web", "tier": "front"}


def expression(operator: str, key: str, *values: str) -> dict[str, Any]:
    """Return a selector of one expression."""
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, True),
        ({}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchLabels": {"app": "web", "tier": "back"}}, False),
        ({"matchLabels": {"absent": "x"}}, False),
        (expression("In", "app", "web", "api"), True),
        (expression("In", "app", "api"), False),
        (expression("NotIn", "app", "api"), True),
        (expression("NotIn", "absent", "x"), True),
        (expression("NotIn", "app", "web"), False),
        (expression("Exists", "tier"), True),
        (expression("Exists", "absent"), False),
        (expression("DoesNotExist", "absent"), True),
        (expression("DoesNotExist", "tier"), False),
    ],
)
def test_selectors_select(asked: dict[str, Any] | None, expected: bool) -> None:
    """Labels must all be equal and expressions all hold; an empty selector selects everything."""
    assert expected == selector.matches(asked, LABELS)


def test_an_unknown_operator_is_refused() -> None:
    """A misspelt operator is no silent yes."""
    with pytest.raises(ValueError, match="is Inn"):
        selector.matches(expression("Inn", "app", "web"), LABELS)
