"""The authority of what watches, and who speaks to it."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets import monitoring
from groundplan.targets.kubernetes import observability
from groundplan.targets.monitoring.collector import part


def test_one_authority_serves_all_namespaces(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Its key stands where cert-manager looks for it, and outlives what it signs."""
    made = valid(observability.objects(reference, in_cluster(reference))[observability.FOLDER])
    issuers = {each["metadata"]["name"]: each["spec"] for each in made if "Issuer" in each["kind"]}
    (root,) = (each for each in made if each["kind"] == "Certificate")
    assert "cert-manager" == root["metadata"]["namespace"]
    assert root["spec"]["isCA"] is True
    assert root["spec"]["secretName"] == issuers["observability"]["ca"]["secretName"]
    assert root["spec"]["issuerRef"]["name"] in issuers


def test_who_sends_and_who_asks_show_a_certificate(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The collector and the backend; it is good for nothing but to call."""
    made = observability.objects(reference, in_cluster(reference))
    assert ("collector", "backend") == observability.speakers(reference)
    for name in observability.speakers(reference):
        (found,) = valid(made[name])
        assert observability.name(name) == found["spec"]["secretName"]
        assert ["digital signature", "client auth"] == found["spec"]["usages"]


def test_the_console_asks_where_signals_are_kept(
    reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """By names that the objects of the target `monitoring` have."""
    placed = in_cluster(reference)
    told = observability.settings(reference, placed)
    files = {each.path: each.content for each in monitoring.render(reference, placed)}
    assert "fullnameOverride: observability\n" in files["charts/kube-prometheus-stack.yaml"]
    assert told["METRICS_URL"].startswith("http://observability-prometheus.monitoring.")
    jobs = told["METRICS_JOBS"].split(",")
    assert {"backend", "gateway", "database", "collector", part.GATEWAY} <= set(jobs)
    assert "jaeger.monitoring.svc.cluster.local" in files["jaeger/certificate.yaml"]
    assert "https://jaeger.monitoring.svc.cluster.local:16686" == told["TRACES_URL"]
    assert (
        "elasticsearch-es-http.monitoring.svc.cluster.local"
        in files["elastic/certificate-elasticsearch.yaml"]
    )
    pipeline = files["logstash/logstash.yaml"]
    kind, dataset, space = told["LOGS_INDEX"].split("-")
    for option in (f'type => "{kind}"', f'dataset => "{dataset}"', f'namespace => "{space}"'):
        assert f"data_stream_{option}" in pipeline
    assert (
        f"username: {told['LOGS_USER']}"
        in files["elastic/externalsecret-elasticsearch-reader.yaml"]
    )
