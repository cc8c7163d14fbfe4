"""What everything else stands on: the network, and who may do what in it."""

from collections.abc import Sequence
from typing import Any, Final

from groundplan.formats.hcl import Block, Expression
from groundplan.model import flow, way
from groundplan.model.data import ARTIFACTS
from groundplan.model.platform import STORAGE, Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.terraform.stack import Stack, of

ACCESS_LOGS: Final = "access/guards/"
"""Where the logs bucket admits the guards' bucket."""
LONGEST: Final = 200
"""Characters of a rule's description; AWS takes 255."""


def blocks(stack: Stack) -> list[Block]:
    """Return the calls of network and security."""
    return [stack.call("network", _network(stack)), stack.call("security", _security(stack))]


def _network(stack: Stack) -> dict[str, Any]:
    network = stack.platform.network
    return {
        "cidr": str(network.cidr),
        "zones": stack.platform.zones,
        "public_subnets": [str(subnet) for subnet in network.subnets.public],
        "private_subnets": [str(subnet) for subnet in network.subnets.private],
        "database_subnets": [str(subnet) for subnet in network.subnets.database],
        "nat": network.nat.value,
        "database_proxy": stack.platform.database.proxy,
        "interface_endpoints": list(network.endpoints),
        "endpoint_security_group_ids": [of("security", "group_ids", way.ENDPOINTS)],
        "flow_logs": network.flow_logs,
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
        "cluster_name": Expression("local.name"),
    }


def _security(stack: Stack) -> dict[str, Any]:
    platform = stack.platform
    return {
        "vpc_id": of("network", "vpc_id"),
        "vpc_cidr": str(platform.network.cidr),
        "cluster_name": Expression("local.name"),
        "groups": way.groups(platform),
        "rules": _rules(platform),
        "services": {
            **{
                name: _identity(stack, name, service)
                for name, service in platform.services.items()
            },
            **{name: _keeper(stack, name) for name in flow.keepers(platform)},
        },
        "guards": platform.security.guards.model_dump(),
        "access_logs": {"bucket": of("storage", "bucket_names", "logs"), "prefix": ACCESS_LOGS},
    }


def _rules(platform: Platform) -> dict[str, dict[str, object]]:
    """Return one rule for every way, by its key; the description names the arrows."""
    return {
        each.key: {
            "from": each.origin,
            "to": each.target,
            "port": each.port,
            "protocol": each.protocol,
            "description": _described(reasons),
        }
        for each, reasons in way.ways(platform).items()
    }


def _described(reasons: Sequence[str]) -> str:
    whole = ", ".join(reasons)
    return whole if len(whole) <= LONGEST else f"{reasons[0]} and {len(reasons) - 1} more calls"


def _identity(stack: Stack, name: str, service: Service) -> dict[str, Any]:
    """Return what a service may do in the account: what its calls need, and no more.

    Secrets come to it as files, so it reads none itself.
    """
    buckets = _buckets(stack, service) if STORAGE in service.calls else []
    return {
        "namespace": stack.platform.name,
        "service_account": name,
        "secret_arns": [],
        "bucket_arns": [of("storage", "bucket_arns", bucket) for bucket in buckets],
        "kms_key_arns": [of("security", "kms_key_arns", "storage")] if buckets else [],
    }


def _buckets(stack: Stack, service: Service) -> list[str]:
    """Return the buckets that a service may use; the backend's is that of files."""
    every = list(stack.platform.storage.buckets)
    return [name for name in every if service.kind is not Kind.BACKEND or name == ARTIFACTS]


def _keeper(stack: Stack, name: str) -> dict[str, Any]:
    """Return what a job that keeps copies may do: use their bucket."""
    return {
        "namespace": stack.platform.name,
        "service_account": name,
        "secret_arns": [],
        "bucket_arns": [of("storage", "bucket_arns", flow.BACKUPS)],
        "kms_key_arns": [of("security", "kms_key_arns", "storage")],
    }
