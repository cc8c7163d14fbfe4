"""Secrets of what watches: drawn or fetched, and none in a file."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import secret
from groundplan.targets.monitoring.manifest import Maker


def test_a_drawn_password_never_changes_by_itself(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """It is drawn once: two programs hold it, and both would have to see a new one."""
    maker = Maker(reference, clustered(reference), "x")
    made = valid([
        secret.generator(reference, clustered(reference)),
        secret.drawn(maker, "held", {"password": "{{ .password }}"}),
    ])  # fmt: skip
    spec = made["ExternalSecret held"]["spec"]
    assert "CreatedOnce" == spec["refreshPolicy"]
    (source,) = spec["dataFrom"]
    assert "Password password" in made
    assert "password" == source["sourceRef"]["generatorRef"]["name"]


def test_what_others_know_too_is_fetched(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """By the name that Terraform gave it, again and again."""
    placed = clustered(reference)
    maker = Maker(reference, placed, "x")
    fetched = secret.fetched(maker, "held", {"a": "alerts-key"}, {"key": "{{ .a }}"})
    made = valid([secret.store(reference, placed), fetched])
    (value,) = made["ExternalSecret held"]["spec"]["data"]
    assert ("a", "groundplan-prod/alerts-key") == (value["secretKey"], value["remoteRef"]["key"])
    assert "us-east-1" == made["SecretStore aws-secrets"]["spec"]["provider"]["aws"]["region"]
