"""Certificates of what watches: one a component, vouched for by an authority of all namespaces.

Each component finds tls.crt, tls.key and ca.crt in the Secret that `secret` names. Both ends of a
connection show theirs, so that nothing else in the cluster can send signals. The authority is the
kubernetes target's: it comes before the platform, whose pods speak to what watches too.
"""

from typing import Any, Final

from groundplan.model.flow import OBSERVABILITY
from groundplan.targets.monitoring.manifest import Maker, Object

FOLDER: Final = "/etc/groundplan/tls"
"""Where a pod finds its certificate."""
RELOAD: Final = "secret.reloader.stakater.com/reload"
_LIFE: Final = {"duration": "2160h", "renewBefore": "720h"}
"""90 days, renewed after 60: a month to notice that renewal fails."""


def secret(component: str) -> str:
    """Return the Secret that holds a component's certificate."""
    return f"{component}-tls"


def reload(component: str) -> dict[str, str]:
    """Return the annotation of pods that read their certificate only when they start.

    Reloader replaces them when it is renewed, by a workload's own annotation or its template's.
    """
    return {RELOAD: secret(component)}


def certificate(maker: Maker, *names: str) -> Object:
    """Return the certificate of a component, good for both ends of a connection.

    Args:
        maker: of the component.
        names: of services, beside the component's own, under which it is reached.
    """
    called = dict.fromkeys((maker.component, *names))
    spec = {
        "secretName": secret(maker.component),
        **_LIFE,
        "privateKey": _key("Always"),
        "usages": ["digital signature", "server auth", "client auth"],
        "dnsNames": [name for each in called for name in _names(each, maker.namespace)],
        "issuerRef": {
            "group": "cert-manager.io",
            "kind": "ClusterIssuer",
            "name": OBSERVABILITY,
        },
    }
    return maker.make("cert-manager.io/v1 Certificate", {"spec": spec})


def _names(service: str, namespace: str) -> list[str]:
    within = f"{service}.{namespace}"
    return [service, within, f"{within}.svc", f"{within}.svc.cluster.local"]


def _key(rotation: str) -> dict[str, Any]:
    return {"algorithm": "ECDSA", "size": 256, "encoding": "PKCS8", "rotationPolicy": rotation}
