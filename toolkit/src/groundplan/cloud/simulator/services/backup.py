"""AWS Backup: tags as they are asked for, changing a plan, a vault's policy and notifications."""

import uuid
from typing import Any

from moto.backup.responses import BackupResponse

from groundplan.cloud.simulator.registry import Call, completed, operation

MISSING = "ResourceNotFoundException"


@operation(BackupResponse, "ListTags")
def list_tags(call: Call) -> dict[str, Any]:
    """Return tags by a name that may end in a slash; moto knows only the other form."""
    tagger = call.response.backup_backend.tagger
    return {"Tags": tagger.get_tag_dict_for_resource(call.parameters["ResourceArn"].rstrip("/"))}


@operation(BackupResponse, "TagResource")
def tag_resource(call: Call) -> None:
    """Add tags; names of plans hold a colon that moto's own operation stumbles over."""
    call.response.backup_backend.tag_resource(
        call.parameters["ResourceArn"].rstrip("/"), call.parameters["Tags"]
    )


@operation(BackupResponse, "UntagResource")
def untag_resource(call: Call) -> None:
    """Remove tags by key."""
    call.response.backup_backend.untag_resource(
        call.parameters["ResourceArn"].rstrip("/"), call.parameters["TagKeyList"]
    )


@operation(BackupResponse, "UpdateBackupPlan")
def update_backup_plan(call: Call) -> dict[str, Any]:
    """Replace a plan by a new version of it."""
    number, given = call.parameters["BackupPlanId"], call.parameters["BackupPlan"]
    backend = call.response.backup_backend
    plan = backend.get_backup_plan(number, None)
    # moto fills in a plan's defaults when it makes one
    renewed = type(plan)(given, plan.creator_request_id, backend)
    plan.backup_plan = renewed.backup_plan
    plan.advanced_backup_settings = renewed.advanced_backup_settings
    plan.version_id = renewed.version_id
    answer: dict[str, Any] = plan.to_dict()
    return answer


@completed(BackupResponse, "DeleteBackupPlan")
def delete_backup_plan(call: Call, answer: Any) -> None:
    """Forget a plan that was deleted, which moto still answers with."""
    call.response.backup_backend.plans.pop(answer["BackupPlanId"], None)


@operation(BackupResponse, "CreateBackupSelection")
def create_backup_selection(call: Call) -> dict[str, Any]:
    """Say what a plan backs up."""
    plan, given = call.parameters["BackupPlanId"], call.parameters["BackupSelection"]
    backend = call.response.backup_backend
    made = backend.get_backup_plan(plan, None).creation_date
    selection = {
        "BackupSelection": given,
        "SelectionId": str(uuid.uuid4()),
        "BackupPlanId": plan,
        "CreationDate": made,
        "CreatorRequestId": call.parameters.get("CreatorRequestId"),
    }
    call.table("backup selection")[plan, selection["SelectionId"]] = selection
    return selection


@operation(BackupResponse, "GetBackupSelection")
def get_backup_selection(call: Call) -> dict[str, Any]:
    """Return one selection of a plan."""
    plan, selection = call.parameters["BackupPlanId"], call.parameters["SelectionId"]
    message = f"Cannot find Backup selection with ID {selection}"
    return call.found("backup selection", plan, selection, code=MISSING, message=message)


@operation(BackupResponse, "ListBackupSelections")
def list_backup_selections(call: Call) -> dict[str, Any]:
    """Return the selections of a plan."""
    plan = call.parameters["BackupPlanId"]
    rows = [row for key, row in list(call.table("backup selection").items()) if key[0] == plan]
    return {
        "BackupSelectionsList": [
            {**row, "SelectionName": row["BackupSelection"]["SelectionName"]} for row in rows
        ]
    }


@operation(BackupResponse, "DeleteBackupSelection")
def delete_backup_selection(call: Call) -> dict[str, Any]:
    """Back up less."""
    get_backup_selection(call)
    key = call.parameters["BackupPlanId"], call.parameters["SelectionId"]
    del call.table("backup selection")[key]
    return {}


def _vault(call: Call) -> dict[str, str]:
    """Return name and ARN of the vault that a request names; moto refuses an unknown one."""
    name = call.parameters["BackupVaultName"]
    vault = call.response.backup_backend.describe_backup_vault(name)
    return {"BackupVaultName": name, "BackupVaultArn": vault.backup_vault_arn}


@operation(BackupResponse, "PutBackupVaultAccessPolicy", "PutBackupVaultNotifications")
def put_of_vault(call: Call) -> dict[str, Any]:
    """Say who may use a vault, or who hears of what happens in it."""
    vault = _vault(call)
    call.table(_kind(call))[(vault["BackupVaultName"],)] = {**vault, **call.parameters}
    return {}


def _kind(call: Call) -> str:
    name: str = call.response._get_action()
    return "vault policy" if name.endswith("AccessPolicy") else "vault notifications"


@operation(BackupResponse, "GetBackupVaultAccessPolicy", "GetBackupVaultNotifications")
def get_of_vault(call: Call) -> dict[str, Any]:
    """Return a vault's policy or notifications."""
    name = _vault(call)["BackupVaultName"]
    message = f"Failed reading {_kind(call)} of {name}"
    return call.found(_kind(call), name, code=MISSING, message=message)


@operation(BackupResponse, "DeleteBackupVaultAccessPolicy", "DeleteBackupVaultNotifications")
def delete_of_vault(call: Call) -> dict[str, Any]:
    """Remove a vault's policy or notifications."""
    call.table(_kind(call)).pop((_vault(call)["BackupVaultName"],), None)
    return {}


@operation(BackupResponse, "UpdateRegionSettings")
def update_region_settings(call: Call) -> dict[str, Any]:
    """Say which kinds of resources are backed up in a region at all."""
    settings = call.table("region settings").setdefault((), {})
    for name, chosen in call.parameters.items():
        settings.setdefault(name, {}).update(chosen)
    return {}


@operation(BackupResponse, "DescribeRegionSettings")
def describe_region_settings(call: Call) -> dict[str, Any]:
    """Return which kinds of resources are backed up in a region."""
    return call.table("region settings").get((), {"ResourceTypeOptInPreference": {}})
