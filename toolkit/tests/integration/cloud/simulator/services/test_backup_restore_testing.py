"""Restores are tested by plans, which say what they restore."""

import pytest

PLAN = {"RestoreTestingPlanName": "weekly"}
SELECTION = {**PLAN, "RestoreTestingSelectionName": "databases"}
CHOICE = {
    "Algorithm": "LATEST_WITHIN_WINDOW",
    "IncludeVaults": ["*"],
    "RecoveryPointTypes": ["SNAPSHOT"],
}


@pytest.fixture(autouse=True)
def plan(ask):
    """Make a plan with a selection."""
    given = {**PLAN, "RecoveryPointSelection": CHOICE, "ScheduleExpression": "cron(0 5 * * ? *)"}
    ask("backup", "create_restore_testing_plan", RestoreTestingPlan=given, Tags={"a": "1"})
    chosen = {
        "RestoreTestingSelectionName": "databases",
        "ProtectedResourceType": "RDS",
        "IamRoleArn": "arn:aws:iam::123456789012:role/restore",
    }
    ask("backup", "create_restore_testing_selection", **PLAN, RestoreTestingSelection=chosen)


def test_a_plan_is_read_back_and_changed(ask):
    """What a change does not name stays."""
    change = {"ScheduleExpression": "cron(0 6 * * ? *)"}
    ask("backup", "update_restore_testing_plan", **PLAN, RestoreTestingPlan=change)
    found = ask("backup", "get_restore_testing_plan", **PLAN)["RestoreTestingPlan"]
    assert "cron(0 6 * * ? *)" == found["ScheduleExpression"]
    assert CHOICE == {key: found["RecoveryPointSelection"][key] for key in CHOICE}
    arn = found["RestoreTestingPlanArn"]
    assert {"a": "1"} == ask("backup", "list_tags", ResourceArn=arn)["Tags"]
    assert 1 == len(ask("backup", "list_restore_testing_plans")["RestoreTestingPlans"])


def test_a_selection_is_read_back_and_changed(ask):
    """It belongs to its plan."""
    change = {"ValidationWindowHours": 4}
    ask("backup", "update_restore_testing_selection", **SELECTION, RestoreTestingSelection=change)
    answer = ask("backup", "get_restore_testing_selection", **SELECTION)
    found = answer["RestoreTestingSelection"]
    assert ("RDS", 4) == (found["ProtectedResourceType"], found["ValidationWindowHours"])
    listed = ask("backup", "list_restore_testing_selections", **PLAN)["RestoreTestingSelections"]
    assert 1 == len(listed)


def test_a_plan_goes_after_its_selections(ask):
    """A plan that restores something is not deleted; one that is gone is not found."""
    error = ask("backup", "delete_restore_testing_plan", **PLAN)["error"]
    assert "InvalidRequestException" == error["Code"]
    ask("backup", "delete_restore_testing_selection", **SELECTION)
    ask("backup", "delete_restore_testing_plan", **PLAN)
    error = ask("backup", "get_restore_testing_plan", **PLAN)["error"]
    assert "ResourceNotFoundException" == error["Code"]
