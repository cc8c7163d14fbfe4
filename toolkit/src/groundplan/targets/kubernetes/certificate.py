"""Certificates inside the cluster: an authority of the namespace's own, a certificate a component.

Takes the platform; hands on cert-manager's issuers and certificates. A component mounts the Secret
that `name` names and finds tls.crt, tls.key and ca.crt in it. Where nothing is encrypted there
are none. The authority keeps its key when it is renewed, so what it signed before stays good.
"""

from typing import Any, Final

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.object import Custom, Object

API: Final = "cert-manager.io/v1"
AUTHORITY: Final = "authority"
"""The issuer that signs, and what its own certificate is called."""
NAMESPACE: Final = "namespace"
"""The folder of what must be there before anything else."""
_SELF_SIGNED: Final = "self-signed"
LIFE: Final = {"duration": "2160h", "renewBefore": "720h"}
"""90 days, renewed after 60: a month to notice that renewal fails."""
LIFE_OF_AUTHORITY: Final = {"duration": "43800h", "renewBefore": "8760h"}
"""Five years, renewed after four: what it signs must not outlive it."""


def name(component: str) -> str:
    """Return the Secret that holds a component's certificate."""
    return f"{component}-tls"


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the authority, and a certificate in the folder of everything that listens."""
    if not placement.is_encrypted:
        return {}
    found: dict[str, list[Object]] = {NAMESPACE: _authority(platform, placement)}
    for component in (*platform.services, CACHE, *flow.watchers(platform)):
        found[component] = [_certificate(platform, placement, component)]
    return found


def dns_names(platform: Platform, component: str) -> list[str]:
    """Return every name under which callers inside the cluster may know a component."""
    within = f"{component}.{platform.name}"
    return [component, within, f"{within}.svc", f"{within}.svc.cluster.local"]


def _authority(platform: Platform, placement: Placement) -> list[Object]:
    return [
        _issuer(platform, placement, _SELF_SIGNED, {"selfSigned": {}}),
        Custom(
            API,
            "Certificate",
            label.metadata(platform, placement, AUTHORITY),
            {
                "isCA": True,
                "commonName": f"{platform.name}-{placement.environment} authority",
                "secretName": name(AUTHORITY),
                **LIFE_OF_AUTHORITY,
                "privateKey": key("Never"),
                "usages": ["cert sign", "crl sign"],
                "issuerRef": _reference(_SELF_SIGNED),
            },
        ),
        _issuer(platform, placement, AUTHORITY, {"ca": {"secretName": name(AUTHORITY)}}),
    ]


def _issuer(platform: Platform, placement: Placement, called: str, spec: dict[str, Any]) -> Object:
    return Custom(API, "Issuer", label.metadata(platform, placement, called), spec)


def _certificate(platform: Platform, placement: Placement, component: str) -> Object:
    return Custom(
        API,
        "Certificate",
        label.metadata(platform, placement, component),
        {
            "secretName": name(component),
            "secretTemplate": {"labels": label.labels(platform, placement, component)},
            **LIFE,
            "privateKey": key("Always"),
            "usages": ["digital signature", "server auth"],
            "dnsNames": dns_names(platform, component),
            "issuerRef": _reference(AUTHORITY),
        },
    )


def key(rotation: str) -> dict[str, Any]:
    """Return what private keys are like, and whether each certificate has a new one."""
    return {"algorithm": "ECDSA", "size": 256, "encoding": "PKCS8", "rotationPolicy": rotation}


def _reference(issuer: str) -> dict[str, str]:
    return {"group": "cert-manager.io", "kind": "Issuer", "name": issuer}
