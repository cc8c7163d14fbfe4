"""The authority of what watches, and the certificates by which the platform's pods speak to it.

What watches stands in namespaces of its own, which an authority for all namespaces vouches for;
pods of the platform trust it for this alone. It comes before the platform, so that no pod waits
for what watches to be there. The rest of what watches is the target `monitoring`'s.
"""

from collections.abc import Iterator
from typing import Any, Final

from lightkube.models.meta_v1 import ObjectMeta

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.service import Kind
from groundplan.model.setting import MOUNTED_SECRETS
from groundplan.targets.kubernetes import certificate, label, pod
from groundplan.targets.kubernetes.certificate import API, LIFE, LIFE_OF_AUTHORITY
from groundplan.targets.kubernetes.object import Custom, Object

FOLDER: Final = "authority"
PROMETHEUS: Final = "observability-prometheus"
JAEGER: Final = "jaeger"
ELASTICSEARCH: Final = "elasticsearch-es-http"
"""Services by which those who keep signals are reached."""
GATEWAY_OF_COLLECTORS: Final = "collector-gateway"
READER: Final = "reader"
READER_KEY: Final = "telemetry-key"
ALERTS_KEY: Final = "alerts-key"
_PLACE: Final = "monitoring.svc.cluster.local"
ISSUERS: Final = "cert-manager"
"""The namespace in which cert-manager keeps the keys of issuers that serve all namespaces."""
_SELF_SIGNED: Final = "observability-self-signed"


def name(component: str) -> str:
    """Return the Secret with the certificate that a component shows to what watches."""
    return f"{component}-observability-tls"


def speakers(platform: Platform) -> tuple[str, ...]:
    """Return who speaks to what watches: spans go there, and the console asks."""
    return (flow.COLLECTOR, *(name for name, _ in platform.of_kind(Kind.BACKEND)))


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the authority in a folder of its own, and certificates beside who shows them."""
    found: dict[str, list[Object]] = {FOLDER: _authority(platform, placement)}
    for each in speakers(platform):
        found[each] = [_certificate(platform, placement, each)]
    return found


def settings(platform: Platform, placement: Placement) -> dict[str, str]:
    """Return where the console asks for signals, and what it shows to be told of them."""
    return {
        "METRICS_URL": f"http://{PROMETHEUS}.{_PLACE}:{flow.PROMETHEUS_PORT}",
        "METRICS_JOBS": ",".join(_jobs(platform)),
        "TRACES_URL": f"https://{JAEGER}.{_PLACE}:{flow.JAEGER_PORT}",
        "TRACES_KIND": "jaeger",
        "LOGS_URL": f"https://{ELASTICSEARCH}.{_PLACE}:{flow.ELASTICSEARCH_PORT}",
        "LOGS_KIND": "elasticsearch",
        "LOGS_INDEX": f"logs-{platform.name.replace('-', '_')}-"
        f"{placement.environment.replace('-', '_')}",
        "LOGS_USER": READER,
        "LOGS_PASSWORD_FILE": f"{MOUNTED_SECRETS}/{READER_KEY}",
        "TELEMETRY_AUTHORITY_FILE": f"{pod.WATCHERS_FOLDER}/ca.crt",
        "SCRAPE_INTERVAL": f"{platform.observability.metrics.interval:.0f}",
        "ALERT_KEY_FILE": f"{MOUNTED_SECRETS}/{ALERTS_KEY}",
    }


def _jobs(platform: Platform) -> Iterator[str]:
    """Yield whose silence the console tells; the cluster has many more."""
    yield from (name for name in platform.services if flow.shows_figures(platform, name))
    stores = {flow.CACHE_EXPORTER: CACHE, flow.DATABASE_EXPORTER: DATABASE}
    yield from (stores[name] for name in flow.exporters(platform))
    yield from (flow.COLLECTOR, GATEWAY_OF_COLLECTORS, JAEGER)


def _authority(platform: Platform, placement: Placement) -> list[Object]:
    called, around = flow.OBSERVABILITY, label.cluster_metadata
    spec = {
        "isCA": True,
        "commonName": f"{platform.name}-{placement.environment} observability",
        "secretName": certificate.name(called),
        **LIFE_OF_AUTHORITY,
        "privateKey": certificate.key("Never"),
        "usages": ["cert sign", "crl sign"],
        "issuerRef": _reference(_SELF_SIGNED),
    }
    within = label.metadata(platform, placement, called, namespace=ISSUERS)
    return [
        _issuer(around(platform, placement, called, _SELF_SIGNED), {"selfSigned": {}}),
        Custom(API, "Certificate", within, spec),
        _issuer(
            around(platform, placement, called, called),
            {"ca": {"secretName": certificate.name(called)}},
        ),
    ]


def _certificate(platform: Platform, placement: Placement, component: str) -> Object:
    meta = label.metadata(platform, placement, component, f"{component}-observability")
    spec = {
        "secretName": name(component),
        "secretTemplate": {"labels": label.labels(platform, placement, component)},
        **LIFE,
        "privateKey": certificate.key("Always"),
        "usages": ["digital signature", "client auth"],
        "dnsNames": certificate.dns_names(platform, component),
        "issuerRef": _reference(flow.OBSERVABILITY),
    }
    return Custom(API, "Certificate", meta, spec)


def _issuer(meta: ObjectMeta, spec: dict[str, Any]) -> Object:
    return Custom(API, "ClusterIssuer", meta, spec)


def _reference(issuer: str) -> dict[str, str]:
    return {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": issuer}
