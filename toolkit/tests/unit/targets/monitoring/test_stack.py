"""Everything that watches, as files."""

from collections.abc import Callable
from typing import Any

import yaml

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import stack


def test_every_folder_lists_its_objects(
    reference: Platform, clustered: Callable[..., Any]
) -> None:
    """So that kustomize and Argo CD deliver them; the values of charts are no objects."""
    files = {each.path: each.content for each in stack.render(reference, clustered(reference))}
    folders = {path.partition("/")[0] for path in files} - {stack.CHARTS}
    for folder in folders:
        listed = yaml.safe_load(files[f"{folder}/kustomization.yaml"])["resources"]
        there = {path.partition("/")[2] for path in files if path.startswith(f"{folder}/")}
        assert there - {"kustomization.yaml"} == set(listed), folder
    assert {"charts/eck-operator.yaml", "charts/kube-prometheus-stack.yaml"} <= set(files)


def test_the_same_platform_gives_the_same_files(
    reference: Platform, clustered: Callable[..., Any]
) -> None:
    """To the byte."""
    placed = clustered(reference)
    assert stack.render(reference, placed) == stack.render(reference, placed)


def test_there_are_no_dashboards_where_the_file_wants_none(
    platform_with: Callable[[str], Platform], clustered: Callable[..., Any]
) -> None:
    """Their folder is gone too."""
    platform = platform_with("observability: {dashboards: false}")
    paths = [each.path for each in stack.render(platform, clustered(platform))]
    assert not [path for path in paths if path.startswith("dashboards/")]
