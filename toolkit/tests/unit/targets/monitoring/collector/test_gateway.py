"""The gateway of the collectors."""

from collections.abc import Callable
from typing import Any

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import arrows
from groundplan.targets.monitoring.arrows import Arrow
from groundplan.targets.monitoring.collector import gateway


def test_it_is_sound(reference: Platform, collectable: Callable[..., list[str]]) -> None:
    """By schema, and every name is defined and used."""
    assert [] == collectable(gateway.settings(reference))


def test_it_decides_on_whole_traces_after_its_limiter(reference: Platform) -> None:
    """Refused first, decided then, sent in batches."""
    ways = gateway.settings(reference)["service"]["pipelines"]
    assert ["memory_limiter", "tail_sampling", "batch"] == ways["traces"]["processors"]


def test_who_cannot_choose_a_copy_is_led_to_it(reference: Platform) -> None:
    """Spans over HTTP go to the copy of their trace; it alone judges, and takes them over gRPC."""
    settings = gateway.settings(reference)
    edge, judged = (settings["service"]["pipelines"][name] for name in ("traces/edge", "traces"))
    assert ["http"] == list(settings["receivers"][edge["receivers"][0]]["protocols"])
    assert ["grpc"] == list(settings["receivers"][judged["receivers"][0]]["protocols"])
    assert ["loadbalancing"] == edge["exporters"]
    assert "tail_sampling" not in edge["processors"]
    sent = settings["exporters"]["loadbalancing"]
    assert "traceID" == sent["routing_key"]
    assert ("collector-gateway-pods.monitoring.svc.cluster.local", "4317") == (
        sent["resolver"]["dns"]["hostname"],
        sent["resolver"]["dns"]["port"],
    )
    assert Arrow("collector-gateway", "collector-gateway", 4317) in arrows.arrows(reference)


def test_nobody_sends_without_a_certificate(reference: Platform) -> None:
    """Of the authority of what watches; Jaeger's is asked for by its name."""
    settings = gateway.settings(reference)
    receivers = [each["protocols"] for each in settings["receivers"].values()]
    assert ["grpc", "http"] == [name for each in receivers for name in each]
    for protocol in (one for each in receivers for one in each.values()):
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
