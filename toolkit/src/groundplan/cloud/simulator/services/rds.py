"""RDS: attributes of instances, read replicas and parameter groups that moto leaves out."""

from collections.abc import Callable
from typing import Any

from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import corrected

CREATING = (
    "CreateDBInstance",
    "RestoreDBInstanceFromDBSnapshot",
    "RestoreDBInstanceToPointInTime",
)
REPLICA = {
    "tags": [],
    "backup_retention_period": 0,
    "multi_az": False,
    "enable_iam_database_authentication": False,
    "copy_tags_to_snapshot": False,
    "monitoring_interval": 0,
    "monitoring_role_arn": None,
    "deletion_protection": False,
}
"""What a replica does not take over from its source unless it is asked for."""
INSIGHTS_DAYS = 7
AUTHORITY = "rds-ca-rsa2048-g1"
"""Signs the certificates of new instances where nobody chose; moto says "rds-ca-default"."""


def _resource_id() -> str:
    return f"db-{identifiers.random(26, identifiers.UPPER)}"


def _watch(instance: Any, given: dict[str, Any]) -> None:
    """Set what an instance says about performance insights."""
    enabled = bool(given.get("enable_performance_insights"))
    days = given.get("performance_insights_retention_period") or INSIGHTS_DAYS
    instance.performance_insights_enabled = enabled
    instance.performance_insights_kms_key_id = given.get("performance_insights_kms_key_id")
    instance.performance_insights_retention_period = days if enabled else None


@corrected(DBInstance, "__init__", "rds", *CREATING)
def make(original: Callable[..., None], instance: Any, *args: Any, **given: Any) -> None:
    """Give every instance an id of its own, moto gives all the same, and AWS's authority."""
    original(instance, *args, **{"ca_certificate_identifier": AUTHORITY, **given})
    instance.dbi_resource_id = _resource_id()
    _watch(instance, given)


@corrected(RDSBackend, "create_db_instance_read_replica", "rds", "CreateDBInstanceReadReplica")
def replicate(original: Callable[..., Any], backend: Any, given: dict[str, Any]) -> Any:
    """Return a replica that is an instance of its own; moto returns a copy of its source."""
    replica = original(backend, given)
    for name, default in REPLICA.items():
        setattr(replica, name, given.get(name) or default)
    replica.tags = list(replica.tags)
    replica.replicas = []
    replica.dbi_resource_id = _resource_id()
    replica.max_allocated_storage = given.get("max_allocated_storage") or replica.allocated_storage
    replica.enabled_cloudwatch_logs_exports = list(
        given.get("enable_cloudwatch_logs_exports") or []
    )
    _watch(replica, given)
    # the source's secret is not the replica's
    replica.__dict__.pop("master_user_secret", None)
    replica.manage_master_user_password = False
    return replica


@corrected(DBParameterGroup, "update_parameters", "rds", "ModifyDBParameterGroup")
def update_parameters(
    original: Callable[..., None], group: Any, parameters: list[dict[str, Any]]
) -> None:
    """Mark what was changed as changed by a user, by which Terraform tells it from defaults."""
    original(group, [{**parameter, "Source": "user"} for parameter in parameters])
