"""Our values for Argo CD itself: who may do what in it, and how it judges an application.

Nobody signs in with a password. Until a sign-in of the company's is configured, people use
`argocd --core`, which has no rights but those that Kubernetes gives them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import access
from groundplan.targets.kubernetes.argocd.bounds import COPIES, CRITICAL, confinement, resources

_HEALTH: Final = """\
local health = {status = "Progressing", message = "not judged yet"}
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status or health.status
  health.message = obj.status.health.message or ""
end
return health
"""
"""An application is as healthy as what it delivers; without this a wave would wait for nothing."""
_ACTIONS: Final = {
    access.VIEWER: (("applications", "get"), ("logs", "get")),
    access.OPERATOR: (
        ("applications", "sync"),
        ("applications", "action/apps/Deployment/restart"),
        ("applications", "action/apps/StatefulSet/restart"),
    ),
    access.ADMINISTRATOR: (("applications", "override"), ("applications", "delete")),
}
"""What each role may do beyond the one before."""


def values(platform: Platform) -> Mapping[str, Any]:
    """Return the chart's values."""
    return {
        "crds": {"install": True, "keep": True},
        "global": {
            "networkPolicy": {"create": True, "defaultDenyIngress": True},
            "priorityClassName": CRITICAL,
        },
        "configs": _configs(platform),
        "controller": {"replicas": 1, **_part("250m", "512Mi", "1Gi")},
        "server": {"replicas": COPIES, **_doubled(), **_part("50m", "128Mi", "256Mi")},
        "repoServer": {"replicas": COPIES, **_doubled(), **_part("100m", "256Mi", "512Mi")},
        "redis": _part("50m", "64Mi", "256Mi"),
        "redisSecretInit": _part("20m", "64Mi", "128Mi"),
        "redis-ha": {"enabled": False},
        "applicationSet": {"replicas": 0},
        "dex": {"enabled": False},
        "notifications": {"enabled": False},
    }


def policy(platform: Platform) -> str:
    """Return Argo CD's rules: a role for each of ours, each holding the one before."""
    return "\n".join(_rules(platform)) + "\n"


def _rules(platform: Platform) -> Iterator[str]:
    before = ""
    for role, allowed in _ACTIONS.items():
        for resource, action in allowed:
            yield f"p, role:{role}, {resource}, {action}, {platform.name}/*, allow"
        if before:
            yield f"g, role:{role}, role:{before}"
        yield f"g, {access.group(platform, role)}, role:{role}"
        before = role


def _configs(platform: Platform) -> Mapping[str, Any]:
    return {
        "cm": {
            "admin.enabled": "false",
            "users.anonymous.enabled": "false",
            "exec.enabled": "false",
            "application.resourceTrackingMethod": "annotation",
            "resource.customizations.health.argoproj.io_Application": _HEALTH,
        },
        "params": {"server.insecure": "false"},
        "rbac": {
            "policy.default": "",
            "policy.csv": policy(platform),
            "scopes": "[groups]",
        },
    }


def _part(cpu: str, memory: str, most: str) -> dict[str, Any]:
    return {
        "resources": resources(cpu, memory, most),
        "containerSecurityContext": confinement(),
    }


def _doubled() -> dict[str, Any]:
    return {"pdb": {"enabled": True, "minAvailable": 1}}
