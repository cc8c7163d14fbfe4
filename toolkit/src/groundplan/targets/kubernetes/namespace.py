"""The namespace: what its pods must obey, how much they may take, and the classes they name."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from lightkube.models.core_v1 import LimitRangeItem, LimitRangeSpec, ResourceQuotaSpec
from lightkube.resources.core_v1 import LimitRange, Namespace, ResourceQuota

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.resources import Amount, Resources
from groundplan.model.service import MODEST
from groundplan.targets.kubernetes import collector, figures, label, priority, quantity, storage
from groundplan.targets.kubernetes.object import Object

FOLDER: Final = "namespace"
SURGE: Final = 1.25
"""While a release rolls, a quarter more pods of a service run than there are at the most."""
JOBS: Final = 10
"""Pods of jobs that may run beside each other."""
_JOB: Final = MODEST
_DATA_BEARING: Final = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return what must be there before anything else."""
    return {
        FOLDER: [
            _namespace(platform, placement),
            _quota(platform, placement),
            _limits(platform, placement),
            storage.storage_class(platform, placement, FOLDER),
            *priority.classes(platform, placement, FOLDER),
        ]
    }


def _namespace(platform: Platform, placement: Placement) -> Namespace:
    found = label.cluster_metadata(
        platform, placement, FOLDER, platform.name, annotations=dict(_DATA_BEARING)
    )
    found.labels = {**(found.labels or {}), **_labels(platform)}
    return Namespace(metadata=found)


def _labels(platform: Platform) -> dict[str, str]:
    """Return what is refused here, and that pods wait for the load balancer to know them."""
    prefix, version = "pod-security.kubernetes.io/", f"v{platform.cluster.version}"
    levels = {
        "enforce": platform.security.pod_security,
        "audit": "restricted",
        "warn": "restricted",
    }
    return {
        **{f"{prefix}{mode}": level for mode, level in levels.items()},
        **{f"{prefix}{mode}-version": version for mode in levels},
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    }


def _quota(platform: Platform, placement: Placement) -> ResourceQuota:
    """Return the most that all pods may take: every service at its most, while it is replaced."""
    pods = list(_pods(platform))
    hard = {
        "requests.cpu": _cpu(pods, "requests"),
        "requests.memory": _memory(pods, "requests"),
        "limits.cpu": _cpu(pods, "limits"),
        "limits.memory": _memory(pods, "limits"),
        "pods": str(sum(count for count, _ in pods)),
        "persistentvolumeclaims": "2",
        "requests.storage": quantity.memory(2 * platform.cache.persistence.size),
        "services.loadbalancers": "0",
        "services.nodeports": "0",
    }
    return ResourceQuota(
        metadata=label.metadata(platform, placement, FOLDER), spec=ResourceQuotaSpec(hard=hard)
    )


def _pods(platform: Platform) -> Iterator[tuple[int, Resources]]:
    for service in platform.services.values():
        yield ceil(service.replicas.max * SURGE), service.resources
    yield 1, platform.cache.resources
    yield len(flow.exporters(platform)), figures.RESOURCES
    yield _nodes(platform), collector.RESOURCES
    yield JOBS, _JOB


def _nodes(platform: Platform) -> int:
    """Return the most nodes there are, and one more in each group while it is replaced."""
    return sum(group.max + 1 for group in platform.cluster.node_groups.values())


def _cpu(pods: list[tuple[int, Resources]], word: str) -> str:
    cores = sum(count * _amount(found, word).cpu for count, found in pods)
    return f"{round(cores * 1000)}m"


def _memory(pods: list[tuple[int, Resources]], word: str) -> str:
    return quantity.memory(sum(count * _amount(found, word).memory for count, found in pods))


def _amount(resources: Resources, word: str) -> Amount:
    return resources.limits if word == "limits" else resources.requests


def _limits(platform: Platform, placement: Placement) -> LimitRange:
    """Return what a container gets that asks for nothing, and the most that one may ask for."""
    largest = [found.limits for _, found in _pods(platform)]
    most = Amount(
        cpu=max(each.cpu for each in largest), memory=max(each.memory for each in largest)
    )
    return LimitRange(
        metadata=label.metadata(platform, placement, FOLDER),
        spec=LimitRangeSpec(
            limits=[
                LimitRangeItem(
                    type="Container",
                    default=quantity.amount(MODEST.limits),
                    defaultRequest=quantity.amount(MODEST.requests),
                    max=quantity.amount(most),
                )
            ]
        ),
    )
