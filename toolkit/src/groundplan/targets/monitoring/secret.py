"""Secrets of what watches: drawn in the cluster, or fetched from AWS where others know them too.

Hands on External Secrets' objects. A password that only two pods of one namespace share is drawn
where they stand, once, and never leaves the cluster. Secrets themselves stand nowhere here.
"""

from collections.abc import Mapping
from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.manifest import Maker, Object

STORE: Final = "aws-secrets"
_DRAWN: Final = "password"
_LENGTH: Final = 48


def store(platform: Platform, placement: Placement) -> Object:
    """Return where secrets are fetched from."""
    provider = {"aws": {"service": "SecretsManager", "region": platform.region}}
    maker = Maker(platform, placement, "secrets")
    return maker.make(
        "external-secrets.io/v1 SecretStore", {"spec": {"provider": provider}}, STORE
    )


def generator(platform: Platform, placement: Placement) -> Object:
    """Return what draws passwords."""
    maker = Maker(platform, placement, "secrets")
    spec = {"length": _LENGTH, "digits": 12, "symbols": 0, "noUpper": False, "allowRepeat": True}
    return maker.make("generators.external-secrets.io/v1alpha1 Password", {"spec": spec}, _DRAWN)


def drawn(maker: Maker, name: str, files: Mapping[str, str], sort: str = "Opaque") -> Object:
    """Return a Secret whose `{{ .password }}` is drawn once.

    Args:
        maker: of the component to which it belongs.
        name: of the Secret.
        files: what it holds, as templates.
        sort: its type.
    """
    reference = {
        "apiVersion": "generators.external-secrets.io/v1alpha1",
        "kind": "Password",
        "name": _DRAWN,
    }
    spec = {
        "refreshPolicy": "CreatedOnce",
        "target": _target(maker, name, files, sort),
        "dataFrom": [{"sourceRef": {"generatorRef": reference}}],
    }
    return maker.make("external-secrets.io/v1 ExternalSecret", {"spec": spec}, name)


def fetched(
    maker: Maker,
    name: str,
    sources: Mapping[str, str],
    files: Mapping[str, str],
    sort: str = "Opaque",
) -> Object:
    """Return a Secret of what AWS holds under the platform's name.

    Args:
        maker: of the component to which it belongs.
        name: of the Secret.
        sources: by the variable of the templates, the name in AWS.
        files: what it holds, as templates.
        sort: its type.
    """
    prefix = f"{maker.platform.name}-{maker.placement.environment}"
    spec = {
        "refreshInterval": "1h",
        "refreshPolicy": "Periodic",
        "secretStoreRef": {"kind": "SecretStore", "name": STORE},
        "target": _target(maker, name, files, sort),
        "data": [
            {"secretKey": variable, "remoteRef": {"key": f"{prefix}/{source}"}}
            for variable, source in sources.items()
        ],
    }
    return maker.make("external-secrets.io/v1 ExternalSecret", {"spec": spec}, name)


def _target(maker: Maker, name: str, files: Mapping[str, str], sort: str) -> dict[str, Any]:
    return {
        "name": name,
        "creationPolicy": "Owner",
        "deletionPolicy": "Retain",
        "template": {
            "engineVersion": "v2",
            "type": sort,
            "metadata": {"labels": maker.labels},
            "data": dict(files),
        },
    }
