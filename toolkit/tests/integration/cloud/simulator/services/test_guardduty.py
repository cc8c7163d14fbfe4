"""A detector has tags, and features that change one by one."""

import pytest


@pytest.fixture
def detector(ask):
    """Return the id of a detector with one feature."""
    feature = {"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}
    return ask("guardduty", "create_detector", Enable=True, Features=[feature])["DetectorId"]


def test_a_feature_changes_alone(ask, detector):
    """The others stay as they are."""
    feature = {"Name": "EKS_AUDIT_LOGS", "Status": "ENABLED"}
    ask("guardduty", "update_detector", DetectorId=detector, Features=[feature])
    found = ask("guardduty", "get_detector", DetectorId=detector)["Features"]
    assert {"S3_DATA_EVENTS", "EKS_AUDIT_LOGS"} == {one["Name"] for one in found}


def test_tags_are_added_and_removed(ask, detector):
    """They are read by the detector's name."""
    arn = {"ResourceArn": f"arn:aws:guardduty:us-east-1:123456789012:detector/{detector}"}
    ask("guardduty", "tag_resource", **arn, Tags={"a": "1", "b": "2"})
    ask("guardduty", "untag_resource", **arn, TagKeys=["a"])
    assert {"b": "2"} == ask("guardduty", "list_tags_for_resource", **arn)["Tags"]
