"""What every service of the cluster is bound by: who it runs as, what it may take, how many."""

from typing import Any, Final

COPIES: Final = 2
"""Where one would be an outage while its node is replaced."""
CRITICAL: Final = "system-cluster-critical"
"""The priority of what the cluster cannot do without; Kubernetes brings the class."""
NOBODY: Final = 65534


def identity() -> dict[str, Any]:
    """Return who a pod runs as."""
    return {
        "runAsNonRoot": True,
        "runAsUser": NOBODY,
        "fsGroup": NOBODY,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def confinement() -> dict[str, Any]:
    """Return what a container may not do."""
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def resources(cpu: str, memory: str, most: str) -> dict[str, dict[str, str]]:
    """Return what is guaranteed, and the most memory; of free CPU a core may be used."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": "1", "memory": most}}
