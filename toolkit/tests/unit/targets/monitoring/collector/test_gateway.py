"""The gateway of the collectors."""

from collections.abc import Callable
from typing import Any

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.collector import gateway


def test_it_is_sound(reference: Platform, collectable: Callable[..., list[str]]) -> None:
    """By schema, and every name is defined and used."""
    assert [] == collectable(gateway.settings(reference))


def test_it_decides_on_whole_traces_after_its_limiter(reference: Platform) -> None:
    """Refused first, decided then, sent in batches."""
    ways = gateway.settings(reference)["service"]["pipelines"]
    assert ["memory_limiter", "tail_sampling", "batch"] == ways["traces"]["processors"]


def test_nobody_sends_without_a_certificate(reference: Platform) -> None:
    """Of the authority of what watches; Jaeger's is asked for by its name."""
    settings = gateway.settings(reference)
    for protocol in settings["receivers"]["otlp"]["protocols"].values():
        assert "/etc/groundplan/tls/ca.crt" == protocol["tls"]["client_ca_file"]
    assert "jaeger" == settings["exporters"]["otlp"]["tls"]["server_name_override"]


def test_each_copy_has_a_name_of_its_own(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Agents find the copies behind a headless service, and trust it by its certificate."""
    found = valid(gateway.objects(reference, clustered(reference)))
    assert "None" == found["Service collector-gateway-pods"]["spec"]["clusterIP"]
    names = found["Certificate collector-gateway"]["spec"]["dnsNames"]
    assert "collector-gateway.monitoring.svc.cluster.local" in names
    assert 2 == found["Deployment collector-gateway"]["spec"]["replicas"]
    assert [] == [str(each) for each in pod_security.findings(found.values())]
