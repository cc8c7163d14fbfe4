"""AWS Backup restore testing: plans that restore on a schedule, and what they restore."""

from typing import Any

from moto.backup.responses import BackupResponse
from moto.core.utils import utcnow

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import Call, Refused, operation

PLAN = "RestoreTestingPlan"
SELECTION = "RestoreTestingSelection"
DEFAULTS = {"ScheduleExpressionTimezone": "Etc/UTC", "StartWindowHours": 24}
WINDOW = {"SelectionWindowDays": 30, "ExcludeVaults": []}


@operation(BackupResponse, "CreateRestoreTestingPlan")
def create_restore_testing_plan(call: Call) -> dict[str, Any]:
    """Make a plan."""
    given = call.parameters[PLAN]
    name = given["RestoreTestingPlanName"]
    if (name,) in call.table(PLAN):
        raise Refused("AlreadyExistsException", f"Restore testing plan {name} already exists")
    number = f"{name}-{identifiers.random(8)}"
    arn = call.arn("backup", f"restore-testing-plan:{number}")
    call.table(PLAN)[(name,)] = {
        **DEFAULTS,
        **given,
        "RecoveryPointSelection": {**WINDOW, **given["RecoveryPointSelection"]},
        "RestoreTestingPlanArn": arn,
        "CreationTime": utcnow(),
        "LastUpdateTime": utcnow(),
        "CreatorRequestId": call.parameters.get("CreatorRequestId"),
    }
    call.response.backup_backend.tag_resource(arn, call.parameters.get("Tags", {}))
    return _plan(call, name)


def _plan(call: Call, name: str) -> dict[str, Any]:
    message = f"Restore testing plan {name} not found"
    return call.found(PLAN, name, code="ResourceNotFoundException", message=message)


@operation(BackupResponse, "GetRestoreTestingPlan")
def get_restore_testing_plan(call: Call) -> dict[str, Any]:
    """Return one plan."""
    return {PLAN: _plan(call, call.parameters["RestoreTestingPlanName"])}


@operation(BackupResponse, "ListRestoreTestingPlans")
def list_restore_testing_plans(call: Call) -> dict[str, Any]:
    """Return all plans."""
    return {"RestoreTestingPlans": list(call.table(PLAN).values())}


@operation(BackupResponse, "UpdateRestoreTestingPlan")
def update_restore_testing_plan(call: Call) -> dict[str, Any]:
    """Change a plan."""
    plan, given = _plan(call, call.parameters["RestoreTestingPlanName"]), call.parameters[PLAN]
    chosen = {**plan["RecoveryPointSelection"], **given.get("RecoveryPointSelection", {})}
    plan.update(given, RecoveryPointSelection=chosen, LastUpdateTime=utcnow())
    return {**plan, "UpdateTime": plan["LastUpdateTime"]}


@operation(BackupResponse, "DeleteRestoreTestingPlan")
def delete_restore_testing_plan(call: Call) -> None:
    """Remove a plan that restores nothing any more."""
    name = call.parameters["RestoreTestingPlanName"]
    _plan(call, name)
    if any(key[0] == name for key in list(call.table(SELECTION))):
        raise Refused("InvalidRequestException", f"Restore testing plan {name} has selections")
    del call.table(PLAN)[(name,)]


@operation(BackupResponse, "CreateRestoreTestingSelection")
def create_restore_testing_selection(call: Call) -> dict[str, Any]:
    """Say what a plan restores."""
    plan = _plan(call, call.parameters["RestoreTestingPlanName"])
    given = call.parameters[SELECTION]
    name = given["RestoreTestingSelectionName"]
    selection = {
        "RestoreMetadataOverrides": {},
        "ValidationWindowHours": 0,
        **given,
        "RestoreTestingPlanName": plan["RestoreTestingPlanName"],
        "RestoreTestingPlanArn": plan["RestoreTestingPlanArn"],
        "CreationTime": utcnow(),
    }
    call.table(SELECTION)[plan["RestoreTestingPlanName"], name] = selection
    return selection


def _selection(call: Call) -> tuple[str, str]:
    plan = call.parameters["RestoreTestingPlanName"]
    return plan, call.parameters["RestoreTestingSelectionName"]


@operation(BackupResponse, "GetRestoreTestingSelection")
def get_restore_testing_selection(call: Call) -> dict[str, Any]:
    """Return one selection of a plan."""
    key = _selection(call)
    message = f"Restore testing selection {key[1]} not found"
    return {
        SELECTION: call.found(SELECTION, *key, code="ResourceNotFoundException", message=message)
    }


@operation(BackupResponse, "ListRestoreTestingSelections")
def list_restore_testing_selections(call: Call) -> dict[str, Any]:
    """Return the selections of a plan."""
    plan = call.parameters["RestoreTestingPlanName"]
    rows = list(call.table(SELECTION).items())
    return {"RestoreTestingSelections": [row for key, row in rows if key[0] == plan]}


@operation(BackupResponse, "UpdateRestoreTestingSelection")
def update_restore_testing_selection(call: Call) -> dict[str, Any]:
    """Change what a plan restores."""
    selection: dict[str, Any] = get_restore_testing_selection(call)[SELECTION]
    selection.update(call.parameters[SELECTION])
    return {**selection, "UpdateTime": utcnow()}


@operation(BackupResponse, "DeleteRestoreTestingSelection")
def delete_restore_testing_selection(call: Call) -> None:
    """Restore less."""
    get_restore_testing_selection(call)
    del call.table(SELECTION)[_selection(call)]
