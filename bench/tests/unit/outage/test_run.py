"""What is told and what is taken in each scene."""

from pathlib import Path
from typing import Any

import pytest

from bench.objectives.run import promised
from bench.outage import run
from bench.outage.part import Standin, standins


class Told:
    """A part that notes what befalls it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heard: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return lambda: self.heard.append(name)


def parts() -> dict[str, Any]:
    """Return the parts of a cluster, none of which runs."""
    return {name: Told(at) for at, name in enumerate(("collector", "jaeger", "elasticsearch"), 1)}


def test_every_part_is_killed_and_frozen_and_comes_back() -> None:
    """Each scene takes what it is named after, and mends just that."""
    found = parts()
    for scene in run.cluster_scenes(found):
        scene.take()
        scene.mend()
    assert ["kill", "mend", "freeze", "mend"] == found["collector"].heard
    assert found["collector"].heard == found["jaeger"].heard == found["elasticsearch"].heard


def test_the_first_scene_is_the_control() -> None:
    """Nothing is taken in it."""
    found = parts()
    first = run.cluster_scenes(found)[0]
    first.take()
    assert [[], [], []] == [each.heard for each in found.values()]
    assert first.name.startswith("control")


def test_a_side_is_told_of_a_clusters_parts() -> None:
    """Spans to the collector, questions to Jaeger and Elasticsearch."""
    told = run.told_of(parts())
    assert 1 == told.collector
    assert {
        "TRACES_URL": "http://127.0.0.1:2",
        "TRACES_KIND": "jaeger",
        "LOGS_URL": "http://127.0.0.1:3",
        "LOGS_KIND": "elasticsearch",
    } == told.settings


def test_a_percentile_is_of_a_thousand_requests() -> None:
    """At the promised rate of the file a turn of the full plan has as many."""
    _, seconds = run.FULL
    assert promised().api.throughput * seconds >= 1000


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not know is said with its name."""
    with pytest.raises(SystemExit):
        run.main(["--scenes"])
    assert "./run bench outage" in capsys.readouterr().err


def test_parts_are_there_for_as_long_as_the_block_lasts(tmp_path: Path) -> None:
    """Real processes, one a name."""
    with standins(tmp_path / "parts", ["jaeger"]) as made:
        assert isinstance(made["jaeger"], Standin)
