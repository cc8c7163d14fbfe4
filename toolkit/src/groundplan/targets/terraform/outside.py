"""Where others come in: users, administrators and workflows that deliver."""

from typing import Any, Final

from groundplan.formats.hcl import Block
from groundplan.model import way
from groundplan.targets.terraform.stack import Stack, of, values_of

VIEWER: Final = "viewer"
"""The role of the cluster that the workflows' deliveries have: they read."""
MONITORING: Final = "monitoring"
"""The namespace in which workflows ask Prometheus whether objectives burn."""


def blocks(stack: Stack) -> list[Block]:
    """Return the calls of edge, access and delivery; the last two where the file asks."""
    found = [stack.call("edge", _edge(stack))]
    vpn = stack.platform.network.vpn
    if vpn is not None and vpn.enabled:
        found.append(stack.call("access", _access(stack)))
    if stack.platform.delivery.repository is not None:
        found.append(stack.call("delivery", _delivery(stack)))
    return found


def _edge(stack: Stack) -> dict[str, Any]:
    edge = stack.platform.edge
    return {
        "domain": stack.platform.domain,
        "create_zone": edge.create_zone,
        "zone_id": edge.zone_id,
        "waf_requests_per_5_minutes": edge.requests,
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
    }


def _access(stack: Stack) -> dict[str, Any]:
    network = stack.platform.network
    assert network.vpn is not None
    return {
        "vpc_id": of("network", "vpc_id"),
        "vpc_cidr": str(network.cidr),
        "client_cidr": str(network.vpn.cidr),
        "subnet_ids": of("network", "private_subnet_ids"),
        "security_group_ids": [of("security", "group_ids", way.VPN)],
        "server_certificate_arn": network.vpn.server_certificate,
        "client_certificate_arn": network.vpn.client_certificate,
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
    }


def _delivery(stack: Stack) -> dict[str, Any]:
    delivery = stack.platform.delivery
    return {
        "repository": delivery.repository,
        "branch": delivery.branch,
        "environment": stack.environment,
        "create_oidc_provider": delivery.create_provider,
        "repository_arns": values_of("storage", "repository_arns"),
        "readable_repositories": [f"{stack.platform.name}-*/*"],
        "cluster": {
            "name": of("cluster", "name"),
            "groups": [f"{stack.platform.name}:{VIEWER}"],
            "reads": [stack.platform.name],
            "forwards": [MONITORING],
        },
        "state_bucket": delivery.state_bucket is None,
        "state_bucket_name": delivery.state_bucket,
        "kms_key_arn": of("security", "kms_key_arns", "storage"),
    }
