"""Containers that show figures."""

from collections.abc import Callable
from typing import Any

import yaml

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import figures


def test_they_speak_tls_where_everything_does(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """With the certificate of their pod, by a file that an argument names."""
    placed = in_cluster(reference)
    shown = yaml.safe_load(figures.web(placed)[figures.WEB])["tls_server_config"]
    assert "/etc/groundplan/tls/tls.key" == shown["key_file"]
    assert ["--web.config.file=/etc/groundplan/config/web.yaml"] == figures.encryption(placed)


def test_without_encryption_there_is_no_such_file(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """Nor an argument that names it."""
    placed = in_cluster(reference, encrypted=False)
    assert {} == figures.web(placed)
    assert [] == figures.encryption(placed)


def test_a_container_is_bounded_and_asked_whether_it_is_well(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """By its own port, in the way that it speaks."""
    made = figures.container("x", "example/x:1", [], 9000, in_cluster(reference), [])
    assert made.resources is not None
    assert {"cpu": "200m", "memory": "64Mi"} == made.resources.limits
    assert made.readinessProbe is not None
    assert made.readinessProbe.httpGet is not None
    assert "HTTPS" == made.readinessProbe.httpGet.scheme
