"""A dashboard as Grafana reads it."""

import json

from groundplan.targets.monitoring.dashboards import board
from groundplan.targets.monitoring.dashboards.board import Board, Panel, Row, number, series

BOARD = Board(
    uid="x",
    title="x",
    description="what it is for",
    rows=(
        Row(
            "first",
            (
                number("one", "up"),
                series("two", ("up", "{{job}}"), unit="s", least=0, most=1),
                Panel(title="three", sort="text", description="words"),
                Panel(title="four", asked=(("up", ""),), sort="table"),
            ),
        ),
    ),
)


def test_it_is_what_grafana_reads() -> None:
    """Its name, its rows, its panels in their places, each with its question and its source."""
    found = json.loads(board.render(BOARD, "shop"))
    assert ("shop-x", "shop: x", False) == (found["uid"], found["title"], found["editable"])
    row, one, two, three, four = found["panels"]
    assert ["row", "stat", "timeseries", "text", "table"] == [
        each["type"] for each in (row, one, two, three, four)
    ]
    (target,) = two["targets"]
    assert ("up", "{{job}}") == (target["expr"], target["legendFormat"])
    assert {"type": "prometheus", "uid": "prometheus"} == two["datasource"]
    assert (0, 1, "s") == tuple(
        two["fieldConfig"]["defaults"][key] for key in ("min", "max", "unit")
    )
    assert "words" == three["options"]["content"]
    places = [each["gridPos"] for each in (one, two, three)]
    assert len({(each["x"], each["y"]) for each in places}) == len(places)


def test_the_same_board_is_the_same_text() -> None:
    """To the byte, so that a review shows what changed."""
    assert board.render(BOARD, "shop") == board.render(BOARD, "shop")


def test_everything_that_is_asked_is_known() -> None:
    """Tests compare it with what is collected."""
    assert ["up", "up", "up"] == list(board.questions(BOARD))
