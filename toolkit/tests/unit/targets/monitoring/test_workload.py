"""Pods of what watches."""

from collections.abc import Callable
from typing import Any

from groundplan.admission import pod_security
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import workload
from groundplan.targets.monitoring.manifest import CONFIGURATION, Maker
from groundplan.targets.monitoring.workload import Program

PROGRAM = Program(
    image="example/x:1",
    ports={"http": 80},
    files={"a.yaml": "b\n"},
    secrets={"/etc/secret": "held"},
    health=("/", 80),
)


def test_a_deployment_is_restricted_and_bounded(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """It keeps the standard `restricted`, mounts what it reads, and is replaced with it."""
    maker = Maker(reference, clustered(reference), "x")
    found = valid(workload.deployment(maker, PROGRAM, 2))
    assert [] == [str(each) for each in pod_security.findings(found.values())]
    template = found["Deployment x"]["spec"]["template"]
    assert CONFIGURATION in template["metadata"]["annotations"]
    (container,) = template["spec"]["containers"]
    assert {"requests", "limits"} == set(container["resources"])
    assert ["/etc/groundplan/config", "/etc/secret", "/tmp"] == [
        each["mountPath"] for each in container["volumeMounts"]
    ]
    assert {"a.yaml": "b\n"} == found["ConfigMap x"]["data"]
    assert "PodDisruptionBudget x" in found


def test_one_copy_has_no_budget(reference: Platform, clustered: Callable[..., Any]) -> None:
    """A budget of one pod would keep its node from being emptied."""
    maker = Maker(reference, clustered(reference), "x")
    kinds = [each["kind"] for each in workload.deployment(maker, PROGRAM, 1)]
    assert "PodDisruptionBudget" not in kinds


def test_a_daemon_runs_on_every_node(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Also on those that take no other pods."""
    maker = Maker(reference, clustered(reference), "x")
    spec = valid(workload.daemon(maker, PROGRAM))["DaemonSet x"]["spec"]["template"]["spec"]
    assert [{"operator": "Exists"}] == spec["tolerations"]


def test_a_service_leads_to_ports_by_their_names(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """The number of a pod's port may change without it."""
    maker = Maker(reference, clustered(reference), "x")
    found = valid([workload.service(maker, {"http": 80}, clusterIP="None")])["Service x"]["spec"]
    assert ("None", "http") == (found["clusterIP"], found["ports"][0]["targetPort"])
