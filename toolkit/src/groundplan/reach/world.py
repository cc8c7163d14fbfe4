"""Everybody who can take part in the connections of a platform: its pods, others, networks.

Others are those whom the file means, and strangers: pods without labels and pods that carry the
labels of ours in a namespace that is not ours, so that a selector that is too wide is seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from groundplan.model import flow
from groundplan.model.flow import NAMESPACE_LABEL, Networks, Pods
from groundplan.model.platform import Platform
from groundplan.reach import matrix
from groundplan.reach.address import Block, Blocks
from groundplan.reach.matrix import Difference, Matrix
from groundplan.reach.pod import Pod
from groundplan.reach.policy import Policy
from groundplan.reach.selector import Labels

STRANGE: Final = "elsewhere"
"""A namespace that nobody knows."""
ANYBODY: Final = "anybody"
"""A pod without labels."""


def judge(
    platform: Platform, policies: Iterable[Policy], pods: Sequence[Pod]
) -> tuple[Matrix, Difference]:
    """Compute what policies open for a platform's pods, and the difference to what it means."""
    ours = [each for each in pods if each.namespace == platform.name]
    foreign = [each for each in pods if each.namespace != platform.name]
    found = matrix.matrix(
        policies,
        ours,
        [*foreign, *others(platform)],
        networks(platform),
        strangers(platform, ours),
    )
    return found, matrix.compare(flow.flows(platform), found)


def pods(platform: Platform) -> list[Pod]:
    """Return the pods that a platform means, one for all replicas of a component."""
    parties = flow.parties(platform)
    own = (parties[name] for name in flow.components(platform))
    return [_pod(each, each.value, platform) for each in own if isinstance(each, Pods)]


def others(platform: Platform) -> list[Pod]:
    """Return the pods of other namespaces that flows name."""
    return [
        _pod(party, name, platform)
        for name, party in flow.parties(platform).items()
        if isinstance(party, Pods) and party.namespace != platform.name
    ]


def strangers(platform: Platform, pods: Iterable[Pod]) -> list[Pod]:
    """Return pods without labels, and pods that resemble others in a namespace not theirs."""
    known = others(platform)
    namespaces = dict.fromkeys((STRANGE, platform.name, *(each.namespace for each in known)))
    nameless = [_in(namespace, ANYBODY, {}, platform) for namespace in namespaces]
    alike = [
        _in(namespace, each.name.rsplit("/", 1)[-1], each.labels, platform)
        for each in (*pods, *known)
        for namespace in (STRANGE, platform.name)
        if namespace != each.namespace
    ]
    return [*nameless, *alike]


def networks(platform: Platform) -> Mapping[str, Blocks]:
    """Return the addresses outside the cluster that flows name."""
    return {
        name: frozenset(Block(network, party.outside) for network in party.inside)
        for name, party in flow.parties(platform).items()
        if isinstance(party, Networks)
    }


def _pod(party: Pods, name: str, platform: Platform) -> Pod:
    pod = _in(party.namespace, name, {party.label: party.value}, platform)
    return replace(pod, name=name)


def _in(namespace: str, name: str, labels: Labels, platform: Platform) -> Pod:
    return Pod(
        name=f"{namespace}/{name}",
        namespace=namespace,
        labels=labels,
        namespace_labels={NAMESPACE_LABEL: namespace},
        networks=platform.network.subnets.private,
    )
