"""Label selectors, as Kubernetes reads them."""

from collections.abc import Mapping
from typing import Any


def matches(selector: Mapping[str, Any] | None, labels: Mapping[str, str]) -> bool:
    """Whether a selector selects something with these labels; an empty one selects everything.

    Raises:
        ValueError: an expression's operator is none of Kubernetes'.
    """
    asked = selector or {}
    equal = all(labels.get(key) == value for key, value in _pairs(asked).items())
    return equal and all(_holds(each, labels) for each in asked.get("matchExpressions") or ())


def _pairs(selector: Mapping[str, Any]) -> Mapping[str, str]:
    found: Mapping[str, str] = selector.get("matchLabels") or {}
    return found


def _holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    key, values = expression["key"], expression.get("values") or ()
    match expression["operator"]:
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case unknown:
            raise ValueError(f"a selector's operator must be one of Kubernetes', is {unknown}")
