"""The collectors."""

from collections.abc import Callable
from typing import Any

import yaml

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import collector


def test_the_agents_configuration_is_for_another_target(
    reference: Platform, clustered: Callable[..., Any], collectable: Callable[..., list[str]]
) -> None:
    """A file that pods of the platform's own namespace mount."""
    (file,) = collector.files(reference, clustered(reference))
    assert "agent/collector.yaml" == file.path
    assert [] == collectable(yaml.safe_load(file.content))


def test_a_misspelt_field_is_found(
    reference: Platform, clustered: Callable[..., Any], collectable: Callable[..., list[str]]
) -> None:
    """Negative control: of the schema, and of names that lead nowhere."""
    (file,) = collector.files(reference, clustered(reference))
    wrong = yaml.safe_load(file.content)
    wrong["processors"]["memory_limiter"]["limit_percent"] = 80
    wrong["service"]["pipelines"]["traces"]["processors"].append("redaction")
    said = collectable(wrong)
    assert 2 == len(said)
    assert "limit_percent" in said[0]
    assert "processors: redaction" == said[1]


def test_the_gateway_is_what_runs_here(reference: Platform, clustered: Callable[..., Any]) -> None:
    """The agents are the kubernetes target's."""
    kinds = [each["kind"] for each in collector.objects(reference, clustered(reference))]
    assert "Deployment" in kinds
    assert "DaemonSet" not in kinds
