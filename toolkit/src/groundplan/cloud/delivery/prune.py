"""Finds and removes what an earlier delivery left in the cluster and the file no longer has.

Only objects that carry our labels of this platform and environment, that nobody owns, and of kinds
that we render. What holds data goes only on an explicit word.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from groundplan.cloud.delivery.apply import ask, document
from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import ToolError
from groundplan.targets.kubernetes.label import ENVIRONMENT, MANAGED_BY, PART_OF
from groundplan.tools.kubectl import Cluster

KINDS: Final = frozenset(
    (
        "Certificate",
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "CronJob",
        "DaemonSet",
        "Deployment",
        "ExternalSecret",
        "HorizontalPodAutoscaler",
        "Ingress",
        "Issuer",
        "Job",
        "LimitRange",
        "Namespace",
        "NetworkPolicy",
        "PersistentVolumeClaim",
        "PodDisruptionBudget",
        "PriorityClass",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Secret",
        "SecretStore",
        "Service",
        "ServiceAccount",
        "StatefulSet",
        "StorageClass",
    )
)
"""Kinds that are looked at."""


def leftovers(live: Iterable[Object], objects: Iterable[Object]) -> tuple[Object, ...]:
    """Return what is in the cluster and no longer rendered, of which nobody else takes care."""
    rendered = tuple(objects)
    wanted = {each.identity for each in rendered}
    sets = [each.name for each in rendered if each.kind == "StatefulSet"]
    return tuple(
        each
        for each in live
        if each.identity not in wanted and not _is_owned(each) and not _is_claim(each, sets)
    )


def existing(cluster: Cluster, platform: str, environment: str) -> list[Object]:
    """Return everything in the cluster that carries our labels.

    Raises:
        ToolError: the cluster cannot be reached or refuses.
    """
    types = _types(cluster)
    if not types:
        return []
    selector = f"{MANAGED_BY}=groundplan,{PART_OF}={platform},{ENVIRONMENT}={environment}"
    words = ("get", ",".join(types), "-A", "-l", selector, "-o", "json")
    found: Any = ask(cluster, words, "list what is there")
    return [Object(each) for each in found.get("items", ())]


def remove(cluster: Cluster, objects: Sequence[Object]) -> None:
    """Remove objects; those that are gone already are fine.

    Raises:
        ToolError: the cluster cannot be reached or refuses.
    """
    if objects:
        words = ("delete", "--ignore-not-found", "--wait=false", "-f", "-", "-o", "name")
        answer = cluster.ask(words, document(objects))
        if answer.code:
            raise ToolError(
                f"cluster {cluster} did not remove everything: {answer.words}",
                hint="the command can be repeated",
            )


def _types(cluster: Cluster) -> list[str]:
    """Return the types, as kubectl names them, that the cluster has of our kinds."""
    words = ("api-resources", "--verbs=list,delete", "--no-headers")
    answer = cluster.ask(words)
    lines = [line.split() for line in answer.out.splitlines()]
    if answer.code and not lines:
        ask(cluster, words, "list the kinds that it has")
    found = {_type(line[0], line[-3]) for line in lines if len(line) >= 4 and line[-1] in KINDS}
    return sorted(found)


def _type(name: str, version: str) -> str:
    """Return a type with its group, by which no two are alike."""
    group, _, _ = version.rpartition("/")
    return f"{name}.{group}".rstrip(".")


def _is_owned(found: Object) -> bool:
    return bool(found.values["metadata"].get("ownerReferences"))


def _is_claim(found: Object, sets: Iterable[str]) -> bool:
    """Say whether a claim belongs to a set that stays."""
    is_claim = found.kind == "PersistentVolumeClaim"
    return is_claim and any(
        re.fullmatch(rf".+-{re.escape(each)}-\d+", found.name) for each in sets
    )
