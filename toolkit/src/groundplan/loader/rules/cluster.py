"""Node groups are in order, and large enough for the services."""

from collections.abc import Callable, Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.model.cluster import Capacity, Endpoint, NodeGroup
from groundplan.model.instance import GIBI, Machine, machine
from groundplan.model.platform import Platform
from groundplan.model.resources import Replicas

USABLE: Final = 0.8
"""The share of a node that is left beside the system's own pods."""


def ascend(platform: Platform) -> Iterator[Finding]:
    """Node counts ascend: min, desired, max."""
    for name, group in platform.cluster.node_groups.items():
        path = ("cluster", "nodeGroups", name)
        if group.min > group.max:
            wrong = f"min must be at most max, but {group.min} is more than {group.max}"
            yield Finding(path, wrong, Code.ORDER)
        elif not group.min <= group.desired <= group.max:
            wrong = f"must be between min and max ({group.min} to {group.max}), is {group.desired}"
            yield Finding((*path, "desired"), wrong, Code.ORDER)


def outlive_spot(platform: Platform) -> Iterator[Finding]:
    """Some nodes cannot be taken back by AWS."""
    groups = platform.cluster.node_groups.values()
    if all(group.capacity is Capacity.SPOT for group in groups):
        wrong = "all nodes are spot; AWS may take back every one within two minutes"
        hint = "give one group `capacity: on-demand`"
        yield Finding(("cluster", "nodeGroups"), wrong, Code.RISK, hint, is_warning=True)


def answer_inside(platform: Platform) -> Iterator[Finding]:
    """The Kubernetes API is not on the internet."""
    if platform.cluster.endpoint is Endpoint.PUBLIC:
        wrong = "the Kubernetes API can be reached from the internet"
        hint = "use `private`, and network.vpn as the way in"
        yield Finding(("cluster", "endpoint"), wrong, Code.RISK, hint, is_warning=True)


def hold_services(platform: Platform) -> Iterator[Finding]:
    """The desired nodes hold the least replicas, and the most nodes the most replicas."""
    cases: tuple[tuple[str, str, Callable[[NodeGroup], int], Callable[[Replicas], int]], ...] = (
        ("desired", "least", lambda group: group.desired, lambda replicas: replicas.min),
        ("most", "most", lambda group: group.max, lambda replicas: replicas.max),
    )
    for nodes, copies, nodes_of, copies_of in cases:
        room = _room(platform, nodes_of)
        need = _need(platform, copies_of)
        if room and (need.cpu > room.cpu or need.memory > room.memory):
            wrong = (
                f"the {nodes} nodes have room for {_words(room)}, "
                f"but services ask for {_words(need)} at the {copies} replicas"
            )
            hint = "raise the nodes, or lower replicas or resources.requests"
            path = ("cluster", "nodeGroups")
            also = tuple(
                ("services", name, key)
                for name in platform.services
                for key in ("replicas", "resources")
            )
            yield Finding(path, wrong, Code.CAPACITY, hint, True, also)
            return


def _room(platform: Platform, nodes_of: Callable[[NodeGroup], int]) -> Machine | None:
    """Return what the nodes hold of pods, by each group's smallest type, if all are known."""
    cpu = memory = 0.0
    for group in platform.cluster.node_groups.values():
        found = [machine(each) for each in group.instance_types]
        known = [each for each in found if each]
        if len(known) < len(found):
            return None
        cpu += nodes_of(group) * min(each.cpu for each in known) * USABLE
        memory += nodes_of(group) * min(each.memory for each in known) * USABLE
    return Machine(cpu, memory)


def _need(platform: Platform, copies_of: Callable[[Replicas], int]) -> Machine:
    asked = [
        (each.resources.requests, copies_of(each.replicas)) for each in platform.services.values()
    ]
    cache = platform.cache.resources.requests
    return Machine(
        sum(amount.cpu * copies for amount, copies in asked) + cache.cpu,
        sum(amount.memory * copies for amount, copies in asked) + cache.memory,
    )


def _words(of: Machine) -> str:
    return f"{of.cpu:.1f} CPU and {of.memory / GIBI:.1f} GiB"


RULES: Final = (
    Rule(ascend, ("cluster",)),
    Rule(outlive_spot, ("cluster",)),
    Rule(answer_inside, ("cluster",)),
    Rule(hold_services, ("cluster", "services", "cache"), in_cloud=True),
)
