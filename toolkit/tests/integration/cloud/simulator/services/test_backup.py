"""Plans change and go, say what they back up, and everything can be tagged."""

import pytest

RULE = {"RuleName": "daily", "TargetBackupVaultName": "vault"}
SELECTION = {"SelectionName": "all", "IamRoleArn": "arn:aws:iam::123456789012:role/backup"}
VAULT = {"BackupVaultName": "vault"}


@pytest.fixture
def plan(ask):
    """Return a plan into a vault."""
    ask("backup", "create_backup_vault", **VAULT)
    return ask(
        "backup", "create_backup_plan", BackupPlan={"BackupPlanName": "one", "Rules": [RULE]}
    )


def test_a_plan_changes_and_goes(ask, plan):
    """A change makes a new version; a deleted plan is not found."""
    number = {"BackupPlanId": plan["BackupPlanId"]}
    rules = [{**RULE, "Lifecycle": {"DeleteAfterDays": 35}}]
    changed = {"BackupPlanName": "one", "Rules": rules}
    made = ask("backup", "update_backup_plan", **number, BackupPlan=changed)
    found = ask("backup", "get_backup_plan", **number)
    assert plan["VersionId"] != made["VersionId"] == found["VersionId"]
    assert {"DeleteAfterDays": 35} == found["BackupPlan"]["Rules"][0]["Lifecycle"]
    ask("backup", "delete_backup_plan", **number)
    code = ask("backup", "get_backup_plan", **number)["error"]["Code"]
    assert "ResourceNotFoundException" == code


def test_a_selection_is_there_until_it_is_deleted(ask, plan):
    """It says what a plan backs up."""
    here = {"BackupPlanId": plan["BackupPlanId"]}
    made = ask("backup", "create_backup_selection", **here, BackupSelection=SELECTION)
    one = {**here, "SelectionId": made["SelectionId"]}
    found = ask("backup", "get_backup_selection", **one)["BackupSelection"]
    assert SELECTION == {key: found[key] for key in SELECTION}
    listed = ask("backup", "list_backup_selections", **here)["BackupSelectionsList"]
    assert [made["SelectionId"]] == [each["SelectionId"] for each in listed]
    ask("backup", "delete_backup_selection", **one)
    error = ask("backup", "get_backup_selection", **one)["error"]
    assert "ResourceNotFoundException" == error["Code"]


def test_a_vault_has_a_policy_and_notifications(ask, plan):
    """Each is put, read and removed by itself."""
    ask("backup", "put_backup_vault_access_policy", **VAULT, Policy="{}")
    topic = {"SNSTopicArn": "arn:aws:sns:us-east-1:123456789012:t"}
    events = {"BackupVaultEvents": ["BACKUP_JOB_FAILED"]}
    ask("backup", "put_backup_vault_notifications", **VAULT, **topic, **events)
    assert "{}" == ask("backup", "get_backup_vault_access_policy", **VAULT)["Policy"]
    ask("backup", "delete_backup_vault_access_policy", **VAULT)
    error = ask("backup", "get_backup_vault_access_policy", **VAULT)["error"]
    assert "ResourceNotFoundException" == error["Code"]
    found = ask("backup", "get_backup_vault_notifications", **VAULT)
    assert events["BackupVaultEvents"] == found["BackupVaultEvents"]


def test_plans_are_tagged(ask, plan):
    """Tags are added and removed."""
    arn = {"ResourceArn": plan["BackupPlanArn"]}
    ask("backup", "tag_resource", **arn, Tags={"a": "1", "b": "2"})
    ask("backup", "untag_resource", **arn, TagKeyList=["a"])
    assert {"b": "2"} == ask("backup", "list_tags", **arn)["Tags"]


def test_a_region_says_what_is_backed_up(ask):
    """A choice leaves the others as they are."""
    for kind in ("RDS", "S3"):
        ask("backup", "update_region_settings", ResourceTypeOptInPreference={kind: True})
    found = ask("backup", "describe_region_settings")["ResourceTypeOptInPreference"]
    assert {"RDS": True, "S3": True} == found
