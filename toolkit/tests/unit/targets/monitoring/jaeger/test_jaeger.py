"""Jaeger."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import jaeger

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return its objects by `Kind name`."""
    made: Found = valid(jaeger.objects(reference, clustered(reference)))
    return made


def test_its_configuration_is_sound(
    reference: Platform, collectable: Callable[..., list[str]]
) -> None:
    """By the schema; its store is defined, written and read."""
    settings = jaeger.settings(reference)
    assert [] == collectable(settings)
    store = settings["exporters"]["jaeger_storage_exporter"]["trace_storage"]
    assert {store} == set(settings["extensions"]["jaeger_storage"]["backends"])
    assert store == settings["extensions"]["jaeger_query"]["storage"]["traces"]


def test_spans_are_kept_as_long_as_the_file_says(found: Found, reference: Platform) -> None:
    """An index a day; the job deletes older ones, and questions look no further back."""
    job = found["CronJob jaeger-cleaner"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = job["containers"]
    assert ["7", "https://elasticsearch-es-http:9200"] == container["args"]
    settings = jaeger.settings(reference)
    store = settings["extensions"]["jaeger_storage"]["backends"]["elasticsearch"]["elasticsearch"]
    assert "168h" == store["max_span_age"]


def test_only_collectors_write_and_only_over_tls(reference: Platform) -> None:
    """Who writes shows a certificate; who reads is told apart by the network's policies."""
    settings = jaeger.settings(reference)
    written = settings["receivers"]["otlp"]["protocols"]["grpc"]["tls"]
    read = settings["extensions"]["jaeger_query"]["http"]["tls"]
    assert "client_ca_file" in written
    assert "cert_file" in read
    assert "client_ca_file" not in read


def test_its_page_answers_where_a_forwarded_port_arrives(reference: Platform) -> None:
    """On the loopback of its pod too; spans come in at the pod's own address alone."""
    settings = jaeger.settings(reference)
    assert "0.0.0.0:16686" == settings["extensions"]["jaeger_query"]["http"]["endpoint"]
    taken = settings["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"]
    assert "${env:POD_IP}:4317" == taken


def test_its_pods_are_restricted_and_hold_no_secret_in_a_file_of_ours(found: Found) -> None:
    """The password of its store is a file, and a key of a Secret."""
    assert [] == [str(each) for each in pod_security.findings(found.values())]
    assert "password_file" in found["ConfigMap jaeger"]["data"]["jaeger.yaml"]
