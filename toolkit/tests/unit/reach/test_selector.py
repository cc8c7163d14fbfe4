"""Selectors ask for labels."""

from collections.abc import Mapping
from typing import Any

import pytest

from groundplan.reach.selector import selects

LABELS = {"app": "web", "tier": "front"}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, True),
        ({"matchLabels": None, "matchExpressions": None}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchLabels": {"app": "web", "tier": "back"}}, False),
        ({"matchLabels": {"zone": "a"}}, False),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["x", "web"]}]}, True),
        ({"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]}, False),
        ({"matchExpressions": [{"key": "zone", "operator": "NotIn", "values": ["a"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, False),
        ({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, False),
        (
            {
                "matchLabels": {"app": "web"},
                "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["front"]}],
            },
            False,
        ),
    ],
)
def test_a_selector_selects(selector: Mapping[str, Any], expected: bool) -> None:
    """Every label and every expression must hold."""
    assert expected == selects(selector, LABELS)


def test_an_operator_that_nobody_knows_is_no_answer() -> None:
    """It is refused, and not taken for one that holds."""
    with pytest.raises(ValueError, match="DoesNotExist, not"):
        selects({"matchExpressions": [{"key": "app", "operator": "Like"}]}, LABELS)
