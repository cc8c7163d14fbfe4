"""The way in from the internet: a load balancer of AWS before the service that serves the console.

Takes the platform and what Terraform made at the edge (certificate, firewall, security group);
hands on the Ingress that the AWS Load Balancer Controller reads, and the class it belongs to.
The load balancer speaks HTTPS only and, where traffic is encrypted, HTTPS to the pods too.
"""

from typing import Final

from lightkube.models.networking_v1 import (
    HTTPIngressPath,
    HTTPIngressRuleValue,
    IngressBackend,
    IngressClassParametersReference,
    IngressClassSpec,
    IngressRule,
    IngressServiceBackend,
    IngressSpec,
    ServiceBackendPort,
)
from lightkube.resources.networking_v1 import Ingress, IngressClass

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.kubernetes import label, output
from groundplan.targets.kubernetes.object import Custom, Object

LOGS: Final = "logs"
"""The bucket that takes access logs."""
TLS_POLICY: Final = "ELBSecurityPolicy-TLS13-1-2-2021-06"
"""TLS 1.3 and 1.2, no older."""
_PREFIX: Final = "alb.ingress.kubernetes.io/"
_CONTROLLER: Final = "ingress.k8s.aws/alb"
_API: Final = "elbv2.k8s.aws/v1beta1"
_GROUP: Final = "load_balancer_security_group_id"
_IDLE: Final = 60
"""Seconds that a connection may be silent: longer than any route, shorter than nginx's own."""


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return the Ingress of each static service, and in the first one's folder their class."""
    found: dict[str, list[Object]] = {}
    for name, service in platform.of_kind(Kind.STATIC):
        first = [] if found else _class(platform, placement, name)
        found[name] = [*first, _ingress(platform, placement, name, service)]
    return found


def class_name(platform: Platform, placement: Placement) -> str:
    """Return the class of the platform's ingresses; a class belongs to the whole cluster."""
    return f"{platform.name}-{placement.environment}"


def _class(platform: Platform, placement: Placement, component: str) -> list[Object]:
    """Return a class whose ingresses can only be of our scheme, from our namespace."""
    called = class_name(platform, placement)
    meta = label.cluster_metadata(platform, placement, component, called)
    parameters = IngressClassParametersReference(
        apiGroup="elbv2.k8s.aws", kind="IngressClassParams", name=called
    )
    spec = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": platform.name}},
        "scheme": "internet-facing",
        "ipAddressType": "ipv4",
        "sslPolicy": TLS_POLICY,
    }
    return [
        IngressClass(
            metadata=meta, spec=IngressClassSpec(controller=_CONTROLLER, parameters=parameters)
        ),
        Custom(_API, "IngressClassParams", meta, spec),
    ]


def _ingress(platform: Platform, placement: Placement, name: str, service: Service) -> Object:
    annotations = {
        **_listener(placement),
        **_targets(placement, service),
        f"{_PREFIX}load-balancer-attributes": _pairs(_attributes(platform, placement)),
        f"{_PREFIX}tags": _pairs(_tags(platform, placement)),
    }
    meta = label.metadata(platform, placement, name, annotations=annotations)
    spec = IngressSpec(
        ingressClassName=class_name(platform, placement),
        rules=[IngressRule(host=platform.domain, http=_everything(placement, name))],
    )
    return Ingress(metadata=meta, spec=spec)


def _everything(placement: Placement, name: str) -> HTTPIngressRuleValue:
    port = ServiceBackendPort(number=placement.replica(name, 0).address.port)
    backend = IngressBackend(service=IngressServiceBackend(name=name, port=port))
    return HTTPIngressRuleValue(
        paths=[HTTPIngressPath(path="/", pathType="Prefix", backend=backend)]
    )


def _listener(placement: Placement) -> dict[str, str]:
    """Return who may come in, and how; Terraform owns the rules of the security group."""
    return {
        f"{_PREFIX}scheme": "internet-facing",
        f"{_PREFIX}listen-ports": '[{"HTTPS": 443}]',
        f"{_PREFIX}ssl-policy": TLS_POLICY,
        f"{_PREFIX}certificate-arn": output.value(placement, "certificate_arn"),
        f"{_PREFIX}wafv2-acl-arn": output.value(placement, "web_acl_arn"),
        f"{_PREFIX}security-groups": output.value(placement, _GROUP),
        f"{_PREFIX}manage-backend-security-group-rules": "false",
    }


def _targets(placement: Placement, service: Service) -> dict[str, str]:
    """Return how the load balancer speaks to pods, asks for their health and lets them go."""
    protocol = "HTTPS" if placement.is_encrypted else "HTTP"
    readiness = service.effective_probes.readiness
    attributes = {
        "deregistration_delay.timeout_seconds": str(max(1, round(service.drain))),
        "load_balancing.algorithm.type": "least_outstanding_requests",
    }
    return {
        f"{_PREFIX}target-type": "ip",
        f"{_PREFIX}backend-protocol": protocol,
        f"{_PREFIX}backend-protocol-version": "HTTP1",
        f"{_PREFIX}healthcheck-protocol": protocol,
        f"{_PREFIX}healthcheck-port": "traffic-port",
        f"{_PREFIX}healthcheck-path": readiness.path or "/",
        f"{_PREFIX}healthcheck-interval-seconds": "5",
        f"{_PREFIX}healthcheck-timeout-seconds": "2",
        f"{_PREFIX}healthy-threshold-count": "2",
        f"{_PREFIX}unhealthy-threshold-count": "2",
        f"{_PREFIX}success-codes": "200",
        f"{_PREFIX}target-group-attributes": _pairs(attributes),
    }


def _attributes(platform: Platform, placement: Placement) -> dict[str, str]:
    return {
        "deletion_protection.enabled": "true",
        "idle_timeout.timeout_seconds": str(_IDLE),
        "load_balancing.cross_zone.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "true",
        "routing.http2.enabled": "true",
        **_logs(platform, placement),
    }


def _logs(platform: Platform, placement: Placement) -> dict[str, str]:
    if LOGS not in platform.storage.buckets:
        return {}
    return {
        "access_logs.s3.enabled": "true",
        "access_logs.s3.bucket": output.value(placement, "logs_bucket_name"),
        "access_logs.s3.prefix": "load-balancer",
    }


def _tags(platform: Platform, placement: Placement) -> dict[str, str]:
    own = {"platform": platform.name, "environment": placement.environment}
    return own | {"owner": platform.owner, "managed-by": "kubernetes"}


def _pairs(values: dict[str, str]) -> str:
    return ",".join(f"{key}={value}" for key, value in values.items())
