"""What watches and keeps: alarms, the budget, backups and experiments."""

from typing import Any, Final

from groundplan.formats.hcl import Block, Expression
from groundplan.targets.terraform.data import GIBI
from groundplan.targets.terraform.stack import Stack, of

DAY: Final = 86400


def blocks(stack: Stack) -> list[Block]:
    """Return the calls of observability, cost, backup and resilience."""
    return [
        stack.call("observability", _observability(stack)),
        stack.call("cost", _cost(stack)),
        stack.call("backup", _backup(stack)),
        stack.call("resilience", _resilience(stack)),
    ]


def _observability(stack: Stack) -> dict[str, Any]:
    platform = stack.platform
    return {
        "log_groups": [f"/{stack.name}/{name}" for name in platform.services],
        "retention_days": _retention(platform.observability.logs.retention / DAY),
        "kms_key_arn": of("security", "kms_key_arns", "logs"),
        "emails": list(platform.observability.alarms),
        "database_identifiers": [Expression("local.name")],
        "database_max_connections": platform.database.max_connections,
        "database_storage_gib": round(platform.database.storage / GIBI),
        "nat_gateway_ids": of("network", "nat_gateway_ids"),
        "cluster_name": of("cluster", "name"),
        "web_acl_name": Expression("local.name"),
    }


def _retention(days: float) -> int:
    """Return the shortest retention that CloudWatch offers, is long enough and lasts a year.

    Who did what is asked months later; lines that services write live elsewhere, and shorter.
    """
    offered = (365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
    return next((offer for offer in offered if offer >= days), offered[-1])


def _cost(stack: Stack) -> dict[str, Any]:
    return {
        "budget": stack.platform.cost.budget,
        "topic_arn": of("observability", "topic_arn"),
        "emails": list(stack.platform.observability.alarms),
        "tag": {"key": "stack", "value": Expression("local.name")},
    }


def _backup(stack: Stack) -> dict[str, Any]:
    backup = stack.platform.backup
    return {
        "kms_key_arn": of("security", "kms_key_arns", "backup"),
        "keep_days": backup.keep_days,
        "lock_days": backup.lock_days or None,
        "copy_vault_arn": backup.copy_to,
        "selection_tag": {"stack": Expression("local.name")},
        "restore_testing": backup.restore_testing,
        "restore_types": {"RDS": {"dbSubnetGroupName": of("database", "subnet_group_name")}},
    }


def _resilience(stack: Stack) -> dict[str, Any]:
    return {
        "zones": stack.platform.zones,
        "cluster_name": of("cluster", "name"),
        "subnet_ids": Expression(
            "{ for zone, id in module.network.private_subnet_ids : zone => [id] }"
        ),
        "database_arn": of("database", "arn"),
        "database_failover": stack.platform.database.multi_zone,
        "stop_alarm_arns": [
            of("observability", "alarm_arns", f"{stack.name}-{alarm}")
            for alarm in ("cluster-api-errors", f"database-{stack.name}-storage")
        ],
        "log_kms_key_arn": of("security", "kms_key_arns", "logs"),
    }
