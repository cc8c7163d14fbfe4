"""Both sides are given the same services, and what they make of them is compared."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.render import equal, helm
from bench.stack import BenchError
from groundplan import loader
from groundplan.cli import render
from groundplan.targets import TARGETS

COUNT = 2


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return what ours makes of two services."""
    folder = tmp_path_factory.mktemp("equal")
    file = folder / "platform.yaml"
    file.write_text(equal.platform_file(COUNT))
    platform = loader.load(str(file), equal.ENVIRONMENT)
    files = TARGETS["kubernetes"](platform, render.place(platform, equal.ENVIRONMENT))
    for each in files:
        if each.path.split("/")[0] in equal.names(COUNT):
            path = folder / each.path
            path.parent.mkdir(exist_ok=True)
            path.write_text(each.content)
    file.unlink()
    return equal.read(folder)


def test_lists_of_files_are_no_objects(ours: list[Any]) -> None:
    """Only objects are compared, of every service as many."""
    kinds = [each["kind"] for each in ours]
    assert "Kustomization" not in kinds
    assert COUNT == kinds.count("Deployment")


def test_values_hold_every_service(ours: list[Any]) -> None:
    """What ours decided for a service is what the chart is told."""
    told = yaml.safe_load(equal.values(ours, equal.names(COUNT)))
    assert equal.names(COUNT) == list(told["services"])
    first = told["services"]["service-000"]
    assert {"min": 2, "max": 10} == first["replicas"]
    assert {"startup", "readiness", "liveness"} == set(first["probes"])
    assert "gateway" in [caller["name"] for caller in first["callers"]]


def test_the_same_objects_are_counted(ours: list[Any]) -> None:
    """In any order."""
    assert len(ours) == equal.require_equal(ours, list(reversed(ours)))


def test_another_object_ends_the_measurement(ours: list[Any]) -> None:
    """Negative control: one value that differs, or one object less, is named."""
    other = copy.deepcopy(ours)
    next(each for each in other if each["kind"] == "Service")["spec"]["type"] = "NodePort"
    with pytest.raises(BenchError, match="Service service-000"):
        equal.require_equal(ours, other)
    with pytest.raises(BenchError, match="alike"):
        equal.require_equal(ours, ours[1:])


def test_the_chart_has_a_template_for_every_kind(ours: list[Any]) -> None:
    """What a service has, the chart makes too."""
    templates = {path.stem for path in Path(helm.CHART, "templates").glob("*.yaml")}
    assert templates == {each["kind"].lower() for each in ours}
