"""Whether the nodes of an environment hold its pods: each on one node, and all on all of them.

Takes objects, values of charts and node groups; hands on what does not fit, when every autoscaler
asks for its most and every group has its most nodes. A pod that lasts must fit a node that AWS
does not take back, of the smallest type that its group may give. How many pods a node may have at
all is not looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from groundplan.admission import quota
from groundplan.admission.finding import Finding, Object, title
from groundplan.admission.pod import pods
from groundplan.model.cluster import Capacity
from groundplan.model.instance import machine
from groundplan.model.platform import Platform

USABLE: Final = 0.8
"""The share of a node that is left beside the system's own pods."""
_AMOUNTS: Final = ("cpu", "memory")


@dataclass(frozen=True, slots=True)
class Node:
    """What the nodes of a group have for pods, each of them."""

    group: str
    cpu: float
    memory: float
    most: int
    """How many there may be."""
    lasts: bool
    """Whether AWS leaves them to us."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one pod asks for, and of how many such pods."""

    name: str
    cpu: float
    memory: float
    copies: int = 1
    everywhere: bool = False
    """Whether every node has one."""


def nodes(platform: Platform) -> list[Node]:
    """Return the nodes of each group, as its smallest type; one of unknown types is left out."""
    found = []
    for name, group in platform.cluster.node_groups.items():
        known = [each for each in map(machine, group.instance_types) if each is not None]
        if len(known) == len(group.instance_types):
            cpu, memory = (USABLE * min(getattr(each, key) for each in known) for key in _AMOUNTS)
            lasts = group.capacity is Capacity.ON_DEMAND
            found.append(Node(name, cpu, memory, group.max, lasts))
    return found


def of_objects(objects: Iterable[Object]) -> list[Demand]:
    """Return what workloads ask for, and what Elastic's operator makes; jobs come and go."""
    kept = tuple(objects)
    most = quota.replicas(kept)
    lasting = [each for each in kept if each["kind"] not in ("Job", "CronJob")]
    found = [
        Demand(
            title(pod.owner),
            *_sums(pod.spec),
            copies=most.get(quota.workload(pod.owner), 1),
            everywhere=pod.owner["kind"] == "DaemonSet",
        )
        for pod in pods(lasting)
    ]
    return [*found, *(demand for each in kept for demand in _elastic(each))]


def of_values(chart: str, values: Mapping[str, Any]) -> Iterator[Demand]:
    """Yield what a chart's values ask for, wherever they say so."""
    if "resources" in values:
        copies = values.get("replicas", values.get("replicaCount", 1))
        cpu, memory = (_asked(values, key) for key in _AMOUNTS)
        yield Demand(chart, cpu, memory, copies, "node-exporter" in chart)
    for key, value in values.items():
        if isinstance(value, Mapping) and key != "resources":
            yield from of_values(f"{chart}.{key}", value)


def findings(demands: Sequence[Demand], room: Sequence[Node]) -> list[Finding]:
    """Return every pod that no node holds, and what all nodes together do not."""
    daemons = [each for each in demands if each.everywhere]
    others = [each for each in demands if not each.everywhere]
    return [
        Finding(each.name, key, _must(getattr(each, key), most))
        for key in _AMOUNTS
        for each, most in _too_much(key, others, daemons, room)
    ]


def _too_much(
    key: str, others: Sequence[Demand], daemons: Sequence[Demand], room: Sequence[Node]
) -> Iterator[tuple[Demand, float]]:
    beside = sum(getattr(each, key) for each in daemons)
    one = max((getattr(each, key) - beside for each in room if each.lasts), default=0.0)
    yield from ((each, one) for each in others if getattr(each, key) > one)
    most = sum(each.most * (getattr(each, key) - beside) for each in room)
    asked = sum(each.copies * getattr(each, key) for each in others)
    if asked > most:
        yield Demand("all pods", asked, asked), most


def _must(asked: float, most: float) -> str:
    return f"must be at most {most:g}, is {asked:g}"


def _elastic(found: Object) -> Iterator[Demand]:
    """Yield what an object of Elastic's operator asks for."""
    if not found["apiVersion"].partition("/")[0].endswith("k8s.elastic.co"):
        return
    spec = found["spec"]
    for each in spec.get("nodeSets") or [spec]:
        yield Demand(title(found), *_sums(each["podTemplate"]["spec"]), each["count"])


def _sums(pod: Mapping[str, Any]) -> tuple[float, float]:
    """Return what a pod asks for beside the first ones, which have ended."""
    cpu, memory = (sum(_asked(each, key) for each in pod["containers"]) for key in _AMOUNTS)
    return cpu, memory


def _asked(container: Mapping[str, Any], key: str) -> float:
    resources = container.get("resources") or {}
    return quota.amount((resources.get("requests") or {}).get(key, 0))
