"""Which metrics an expression asks for."""

from collections.abc import Iterator
from typing import Any

import promql_parser


def metrics(expression: str) -> set[str]:
    """Return the names of the metrics in an expression of PromQL."""
    return set(_of(promql_parser.parse(expression)))


def _of(node: Any) -> Iterator[str]:
    if isinstance(node, promql_parser.VectorSelector) and node.name:
        yield node.name
    for part in ("expr", "lhs", "rhs", "vector_selector", "args"):
        below = getattr(node, part, None)
        for each in below if isinstance(below, list) else [below]:
            if each is not None and not isinstance(each, str):
                yield from _of(each)
