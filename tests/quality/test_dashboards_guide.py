"""The page that tells how to open Grafana and others names what is rendered."""

import re
from pathlib import Path

import pytest
import yaml

from groundplan.targets.kubernetes import observability
from groundplan.targets.monitoring import charts, manifest
from groundplan.targets.monitoring.elastic import cluster

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/dashboards.md").read_text()
WATCHING = ROOT / "generated/prod/monitoring"
FORWARD = re.compile(r"kubectl -n (\S+) port-forward service/(\S+) (\d+)(?::(\d+))?")
FORWARDED = {
    service: (namespace, int(here), int(there or here))
    for namespace, service, here, there in FORWARD.findall(PAGE)
}


@pytest.mark.parametrize(
    ("service", "policy"),
    [
        ("kube-prometheus-stack-grafana", "grafana"),
        (observability.PROMETHEUS, "prometheus"),
        ("observability-alertmanager", "alertmanager"),
        ("jaeger", "jaeger"),
        ("kibana-kb-http", "kibana"),
    ],
)
def test_a_service_is_forwarded_to_a_port_that_policies_know(service: str, policy: str) -> None:
    """In the namespace of what watches; Grafana's Service alone has another port than its pod."""
    namespace, here, there = FORWARDED[service]
    file = WATCHING / f"namespaces/networkpolicy-{policy}.yaml"
    rules = yaml.safe_load(file.read_text())["spec"]["ingress"]
    assert manifest.NAMESPACE == namespace
    assert here in {port["port"] for rule in rules for port in rule["ports"]}
    assert (80 if policy == "grafana" else here) == there
    assert f"`{service}`" in PAGE
    assert f"://localhost:{here}`" in PAGE


def test_all_that_are_forwarded_are_known() -> None:
    """Five, each once in the table and once as a command."""
    assert 5 == len(FORWARDED)


def test_who_signs_in_has_the_password_of_a_secret_that_is_there() -> None:
    """Grafana's as it is rendered, Kibana's as Elastic's operator makes it."""
    secret = yaml.safe_load(
        (WATCHING / f"namespaces/externalsecret-{charts.GRAFANA}.yaml").read_text()
    )
    said = secret["spec"]["target"]["template"]["data"]
    assert f"`{said['username']}`; Secret `{charts.GRAFANA}`, key `password`" in PAGE
    assert "password" in said
    assert f"Secret `{cluster.PASSWORD}`*, key `elastic`" in PAGE
