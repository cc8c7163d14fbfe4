"""The namespaces of what watches: restricted, and one apart for what must read a node.

Takes the platform; hands on the namespaces and, for each exception to the restricted standard, a
reason that stands on the namespace itself.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.manifest import Object

OPERATOR: Final = "elastic-system"
"""Where the operator of Elastic stands."""
RESTRICTED: Final = "restricted"
_EXCEPTIONS: Final = {
    manifest.AGENTS: (
        "privileged",
        "fluentd reads the log files of its node and node-exporter the figures of its node: both "
        "need folders of the node, and node-exporter its network and processes",
    )
}
"""Namespaces that enforce less than `restricted`, each with the reason."""
NAMESPACES: Final = (manifest.NAMESPACE, manifest.AGENTS, OPERATOR)


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the namespaces."""
    return [_namespace(platform, placement, name) for name in NAMESPACES]


def _namespace(platform: Platform, placement: Placement, name: str) -> Object:
    level, reason = _EXCEPTIONS.get(name, (RESTRICTED, ""))
    modes = {"enforce": level, "audit": RESTRICTED, "warn": RESTRICTED}
    labels = {f"pod-security.kubernetes.io/{mode}": value for mode, value in modes.items()}
    return manifest.around(platform, placement, name).make(
        "v1 Namespace",
        {},
        annotations={manifest.REASON: reason} if reason else None,
        more=labels,
    )
