"""Dashboards of Grafana: what people look at when an alert has told them where.

Takes a platform; hands on JSON by the dashboard's name, which alerts and runbooks
use. All figures come from what is collected: a test compares each name with who shows it.
"""

from collections.abc import Iterator

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import (
    board,
    business,
    cache,
    cluster,
    cost,
    database,
    gateway,
    overview,
    services,
    slos,
)
from groundplan.targets.monitoring.dashboards.board import Board

__all__ = ["boards", "render"]


def render(platform: Platform) -> dict[str, str]:
    """Return the dashboards."""
    return {each.uid: board.render(each, platform.name) for each in boards(platform)}


def boards(platform: Platform) -> Iterator[Board]:
    """Yield the dashboards as data."""
    yield overview.board(platform)
    yield services.overview(platform)
    for name in platform.services:
        yield services.board(platform, name)
    yield gateway.board(platform)
    yield database.board(platform)
    yield cache.board(platform)
    yield cluster.board(platform)
    yield slos.board(platform)
    yield cost.board(platform)
    yield business.board(platform)
