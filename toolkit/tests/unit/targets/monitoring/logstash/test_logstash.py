"""Logstash as its operator reads it."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import logstash


@pytest.fixture
def spec(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, Any]:
    """Return what the operator is told."""
    found = valid(logstash.objects(reference, clustered(reference)))
    made: dict[str, Any] = found["Logstash logstash"]["spec"]
    return made


def test_what_it_took_is_on_its_disk(spec: dict[str, Any]) -> None:
    """The queue and the dead letters are bounded, and together smaller than the disk."""
    assert "persisted" == spec["config"]["queue.type"]
    assert spec["config"]["dead_letter_queue.enable"] is True
    (claim,) = spec["volumeClaimTemplates"]
    assert ("logstash-data", "groundplan-encrypted") == (
        claim["metadata"]["name"],
        claim["spec"]["storageClassName"],
    )
    room = int(claim["spec"]["resources"]["requests"]["storage"].removesuffix("Gi"))
    sizes = (spec["config"]["queue.max_bytes"], spec["config"]["dead_letter_queue.max_bytes"])
    assert sum(int(size.removesuffix("gb")) for size in sizes) < room


def test_dead_letters_take_no_second_share_of_the_disk(spec: dict[str, Any]) -> None:
    """Each pipeline has queue and dead letters for itself, so this one has neither."""
    _, dead = spec["pipelines"]
    assert ("memory", False) == (dead["queue.type"], dead["dead_letter_queue.enable"])


def test_a_renewed_certificate_reaches_it(spec: dict[str, Any]) -> None:
    """Its input reads it once; its pods say so, because their StatefulSet is the operator's."""
    annotations = spec["podTemplate"]["metadata"]["annotations"]
    assert {"secret.reloader.stakater.com/reload": "logstash-tls"} == annotations


def test_it_is_reached_by_the_name_in_its_certificate(spec: dict[str, Any]) -> None:
    """The operator names the service after it."""
    (service,) = spec["services"]
    assert "input" == service["name"]
    assert ["tls"] == [each["name"] for each in spec["podTemplate"]["spec"]["volumes"]]


def test_two_pipelines_run(spec: dict[str, Any]) -> None:
    """Lines, and what could not be stored of them."""
    assert ["lines", "dead-letters"] == [each["pipeline.id"] for each in spec["pipelines"]]
