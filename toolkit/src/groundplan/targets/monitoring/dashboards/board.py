"""A dashboard as data, and the same as Grafana reads it.

Takes rows of panels, each with its questions; hands on JSON that is the same for the same board.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.builders import prometheus, stat, table, text, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DataSourceRef

Sort = Literal["series", "number", "table", "text"]
SOURCE: Final = "prometheus"
"""What Grafana calls the source of figures."""
RATE: Final = "$__rate_interval"
"""A window that Grafana fits to how often figures are collected, and to the range shown."""
WIDTH: Final = 24
_HEIGHTS: Final = {"series": 8, "number": 4, "table": 8, "text": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture, and what is asked for it."""

    title: str
    asked: tuple[tuple[str, str], ...] = ()
    """Questions in PromQL, each with what its series are called."""
    unit: str = "short"
    """As Grafana knows it."""
    sort: Sort = "series"
    width: int = 8
    """Of 24 columns."""
    description: str = ""
    """What it means; of a text, the text itself."""
    least: float | None = None
    """Where the axis begins, and ends."""
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Panels under one title."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One dashboard; alerts name it by its `uid`."""

    uid: str
    title: str
    description: str
    rows: tuple[Row, ...]


def series(
    title: str, *asked: tuple[str, str], unit: str = "short", width: int = 8, **more: Any
) -> Panel:
    """Return a chart over time."""
    return Panel(title=title, asked=asked, unit=unit, width=width, **more)


def number(title: str, asked: str, unit: str = "short", **more: Any) -> Panel:
    """Return one figure, and how it came about."""
    return Panel(title=title, asked=((asked, ""),), unit=unit, sort="number", width=4, **more)


def render(found: Board, platform: str) -> str:
    """Return a dashboard as Grafana reads it, with the platform's name before its title."""
    built = (
        builders.Dashboard(f"{platform}: {found.title}")
        .uid(f"{platform}-{found.uid}"[:40])
        .description(found.description)
        .tags([platform])
        .refresh("30s")
        .time("now-3h", "now")
        .timezone("browser")
        .readonly()
    )
    for row in found.rows:
        built.with_row(builders.Row(row.title))
        for panel in row.panels:
            built.with_panel(_panel(panel))
    return json.dumps(json.loads(JSONEncoder().encode(built.build())), indent=1, sort_keys=True)


def questions(found: Board) -> Iterable[str]:
    """Yield everything that a dashboard asks."""
    return (asked for row in found.rows for panel in row.panels for asked, _ in panel.asked)


def _panel(panel: Panel) -> Any:
    if panel.sort == "text":
        words = text.Panel().content(panel.description)
        return words.title(panel.title).span(panel.width).height(_HEIGHTS[panel.sort])
    making: dict[str, Any] = {
        "series": timeseries.Panel,
        "number": stat.Panel,
        "table": table.Panel,
    }
    made = (
        making[panel.sort]()
        .title(panel.title)
        .description(panel.description)
        .datasource(_source())
        .unit(panel.unit)
        .span(panel.width)
        .height(_HEIGHTS[panel.sort])
    )
    if panel.least is not None:
        made.min(panel.least)
    if panel.most is not None:
        made.max(panel.most)
    if panel.sort == "series":
        made.fill_opacity(10).line_width(1)
    for expression, legend in panel.asked:
        made.with_target(_query(panel, expression, legend))
    return made


def _query(panel: Panel, expression: str, legend: str) -> Any:
    asked = prometheus.Dataquery().datasource(_source()).expr(expression)
    if legend:
        asked.legend_format(legend)
    return asked.instant() if panel.sort == "table" else asked.range()


def _source() -> DataSourceRef:
    return DataSourceRef(type_val=SOURCE, uid=SOURCE)
