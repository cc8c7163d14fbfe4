"""nginx: whether it answers, and what the lines of its access log amount to.

The names are those of nginx-prometheus-exporter where it has one; rate, errors and duration
have the names that every service of ours gives them.
"""

from collections.abc import Callable

from groundplan_telemetry.metrics.collect.exposition import written
from groundplan_telemetry.metrics.collect.target import Fetch


def exporter(fetch: Fetch, counted: Callable[[], str]) -> Fetch:
    """Return what asks an nginx whether it lives, and answers with what was counted of it.

    Args:
        fetch: asks it; fails where nobody answers.
        counted: returns the exposition of its lines.
    """

    async def ask() -> str:
        await fetch()
        return f"{written('nginx_up', 1.0)}\n{counted()}"

    return ask
