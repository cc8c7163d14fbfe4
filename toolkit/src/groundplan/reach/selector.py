"""Label selectors as Kubernetes reads them: every label and every expression must hold."""

from collections.abc import Mapping
from typing import Any

Labels = Mapping[str, str]
Selector = Mapping[str, Any]
"""A LabelSelector as plain values; an empty one selects everything."""


def selects(selector: Selector, labels: Labels) -> bool:
    """Say whether labels are as a selector asks."""
    wanted = selector.get("matchLabels") or {}
    expressions = selector.get("matchExpressions") or ()
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        _holds(expression, labels) for expression in expressions
    )


def _holds(expression: Mapping[str, Any], labels: Labels) -> bool:
    """Say whether an expression holds; one that excludes also holds where the key is missing.

    Raises:
        ValueError: the operator is none of Kubernetes.
    """
    value = labels.get(expression["key"])
    values = expression.get("values") or ()
    match expression["operator"]:
        case "In":
            return value is not None and value in values
        case "NotIn":
            return value is None or value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
    raise ValueError(f"a selector has In, NotIn, Exists and DoesNotExist, not {expression}")
