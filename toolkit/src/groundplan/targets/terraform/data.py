"""Where programs and data live: the cluster, the database, buckets and images."""

from typing import Any, Final

from groundplan.formats.hcl import Block, Expression
from groundplan.model import flow, way
from groundplan.model.cluster import NodeGroup
from groundplan.model.data import ARTIFACTS, Bucket
from groundplan.model.service import Kind
from groundplan.targets.terraform import secret
from groundplan.targets.terraform.stack import Stack, of, values_of
from groundplan_contracts.objects import FILES

GIBI: Final = 1 << 30
LOGS: Final = "logs"
GUARDS: Final = "guards"
"""Below this the evidence's own access logs begin."""
LOAD_BALANCER_LOGS: Final = "load-balancer"
"""Below this the cluster's load balancers write; the Ingress says the same."""
_GROWTH: Final = 5


def blocks(stack: Stack) -> list[Block]:
    """Return the calls of cluster, database and storage."""
    return [
        stack.call("cluster", _cluster(stack)),
        stack.call("database", _database(stack)),
        stack.call("storage", _storage(stack)),
    ]


def _cluster(stack: Stack) -> dict[str, Any]:
    cluster = stack.platform.cluster
    applier = {"applier": Expression("data.aws_iam_session_context.current.issuer_arn")}
    return {
        "kubernetes_version": cluster.version,
        "endpoint": cluster.endpoint.value,
        "public_access_cidrs": [str(network) for network in cluster.public_access],
        "subnet_ids": values_of("network", "private_subnet_ids"),
        "service_cidr": str(flow.service_network(stack.platform)),
        "control_plane_security_group_ids": [of("security", "group_ids", way.CONTROL_PLANE)],
        "node_security_group_ids": [of("security", "group_ids", way.NODES)],
        "attach_cluster_security_group": False,
        "secrets_kms_key_arn": of("security", "kms_key_arns", "cluster"),
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
        "node_groups": {name: _group(group) for name, group in cluster.node_groups.items()},
        "admin_principal_arns": cluster.administrators or applier,
        "operator_principal_arns": cluster.operators,
        "viewer_principal_arns": cluster.viewers,
        "group_prefix": stack.platform.name,
        "pod_identities": {
            **{name: _identity(stack, name) for name in stack.platform.services},
            **{name: _identity(stack, name) for name in flow.keepers(stack.platform)},
            **secret.identities(),
        },
    }


def _group(group: NodeGroup) -> dict[str, Any]:
    return {
        "instance_types": list(group.instance_types),
        "capacity": group.capacity.value,
        "min": group.min,
        "desired": group.desired,
        "max": group.max,
    }


def _identity(stack: Stack, service: str) -> dict[str, Any]:
    return {
        "namespace": stack.platform.name,
        "service_account": service,
        "role_arn": of("security", "service_role_arns", service),
    }


def _database(stack: Stack) -> dict[str, Any]:
    database = stack.platform.database
    storage = round(database.storage / GIBI)
    return {
        "engine_version": database.version,
        "instance_class": database.instance,
        "storage_gib": storage,
        "max_storage_gib": storage * _GROWTH,
        "subnet_ids": values_of("network", "database_subnet_ids"),
        "security_group_ids": [of("security", "group_ids", way.DATABASE_GROUP)],
        "kms_key_arn": of("security", "kms_key_arns", "database"),
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
        "backup_days": database.backup_days,
        "multi_zone": database.multi_zone,
        "read_replicas": database.read_replicas,
        "max_connections": database.max_connections,
        "statement_timeout_ms": round(database.statement_timeout * 1000),
        "proxy": database.proxy,
        "deletion_protection": database.deletion_protection,
        "database_name": stack.platform.name.replace("-", "_"),
    }


def _storage(stack: Stack) -> dict[str, Any]:
    buckets = {name: _bucket(each) for name, each in stack.platform.storage.buckets.items()}
    if ARTIFACTS in buckets:
        buckets[ARTIFACTS]["aging_prefix"] = f"{FILES}/"
    logs = {LOGS: buckets.pop(LOGS)} if LOGS in buckets else {}
    return {
        **logs,
        "buckets": buckets,
        "load_balancer_log_prefix": LOAD_BALANCER_LOGS,
        "log_sources": _log_sources(stack),
        "kms_key_arn": of("security", "kms_key_arns", "storage"),
        "repositories": _repositories(stack),
        "puller_account_ids": list(stack.platform.delivery.pullers),
    }


def _bucket(bucket: Bucket) -> dict[str, Any]:
    return {
        "versioning": bucket.versioning,
        "expire_days": bucket.expire_days,
        "archive_days": bucket.archive_days or None,
    }


def _log_sources(stack: Stack) -> dict[str, Expression]:
    """Return the buckets of other modules whose access logs are kept here too."""
    guards = stack.platform.security.guards
    return {GUARDS: of("security", "guard_bucket")} if guards.cloudtrail or guards.config else {}


def _repositories(stack: Stack) -> list[str]:
    """Return the images that the environment's cluster pulls from the account."""
    return [
        name
        for name, service in stack.platform.services.items()
        if service.kind is not Kind.SERVICE or (service.run and service.run.image is None)
    ]
