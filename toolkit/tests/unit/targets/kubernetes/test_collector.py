"""The collector of a node."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from groundplan.admission import pod_security
from groundplan.model import flow
from groundplan.model.platform import Platform
from groundplan.targets import monitoring
from groundplan.targets.kubernetes import collector

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return its objects by kind."""
    placed = in_cluster(reference)
    rendered = {each.path: each.content for each in monitoring.mounted(reference, placed)}
    made = valid(collector.objects(reference, placed, rendered)[flow.COLLECTOR])
    return {each["kind"]: each for each in made}


def test_it_stands_on_every_node_and_is_restricted(found: Found) -> None:
    """Bounded in CPU and memory; it needs nothing of its node."""
    assert [] == [str(each) for each in pod_security.findings(found.values())]
    (container,) = found["DaemonSet"]["spec"]["template"]["spec"]["containers"]
    assert {"requests", "limits"} == set(container["resources"])


def test_spans_stay_on_their_node(found: Found) -> None:
    """The name leads to the pod beside the sender, and to no other."""
    spec = found["Service"]["spec"]
    assert "Local" == spec["internalTrafficPolicy"]
    assert flow.COLLECTOR_PORT in {each["port"] for each in spec["ports"]}


def test_it_reads_what_the_other_target_rendered(found: Found) -> None:
    """And both certificates: one that pods trust, one that it shows."""
    settings = yaml.safe_load(found["ConfigMap"]["data"][collector.FILE])
    assert "loadbalancing" in settings["exporters"]
    (container,) = found["DaemonSet"]["spec"]["template"]["spec"]["containers"]
    paths = {each["mountPath"] for each in container["volumeMounts"]}
    assert {"/etc/groundplan/tls", "/etc/groundplan/observability"} <= paths
    assert [f"--config=/etc/groundplan/config/{collector.FILE}"] == container["args"]


def test_every_port_that_its_configuration_names_is_shown(found: Found) -> None:
    """The health of the pod too, or it would be started again and again."""
    (container,) = found["DaemonSet"]["spec"]["template"]["spec"]["containers"]
    ports = {each["containerPort"] for each in container["ports"]}
    text = found["ConfigMap"]["data"][collector.FILE]
    assert {4317, 4318, 8888, 13133} == ports
    assert all(f"POD_IP}}:{port}" in text for port in (4317, 4318, 13133))
