"""What tests of dashboards share: what is asked, and which metrics a question names."""

from collections.abc import Callable, Iterator
from typing import Any

import promql_parser
import pytest

from groundplan.targets.monitoring.dashboards.board import RATE, Board, questions

Asked = Callable[[Board], dict[str, set[str]]]


@pytest.fixture(scope="session")
def asked() -> Asked:
    """Return what parses every question of a dashboard and gives the metrics that each names."""

    def parsed(board: Board) -> dict[str, set[str]]:
        found = {}
        for question in questions(board):
            tree = promql_parser.parse(question.replace(RATE, "5m"))
            found[question] = set(_metrics(tree))
        return found

    return parsed


def _metrics(tree: Any) -> Iterator[str]:
    if isinstance(tree, promql_parser.VectorSelector):
        yield str(tree.name)
    for field in ("lhs", "rhs", "expr", "vector_selector", "param"):
        below = getattr(tree, field, None)
        if below is not None and not isinstance(below, str | float):
            yield from _metrics(below)
    for below in getattr(tree, "args", None) or ():
        yield from _metrics(below)
