"""What a bucket was told to do is read back as it was given."""

import pytest

BUCKET = {"Bucket": "bucket-one"}


@pytest.fixture(autouse=True)
def bucket(ask):
    """Make a versioned bucket."""
    ask("s3", "create_bucket", **BUCKET)
    ask("s3", "put_bucket_versioning", **BUCKET, VersioningConfiguration={"Status": "Enabled"})


def test_replication_keeps_filter_and_delete_markers(ask):
    """A rule is the one that was given."""
    rule = {
        "ID": "all",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": "backups/"},
        "Destination": {"Bucket": "arn:aws:s3:::bucket-two"},
        "DeleteMarkerReplication": {"Status": "Enabled"},
    }
    given = {"Role": "arn:aws:iam::123456789012:role/copy", "Rules": [rule]}
    ask("s3", "put_bucket_replication", **BUCKET, ReplicationConfiguration=given)
    found = ask("s3", "get_bucket_replication", **BUCKET)["ReplicationConfiguration"]["Rules"][0]
    assert rule == {key: found[key] for key in rule}


def test_a_bucket_without_replication_or_lifecycle_says_so(ask):
    """The errors are those of AWS."""
    codes = [
        ask("s3", operation, **BUCKET)["error"]["Code"]
        for operation in ("get_bucket_replication", "get_bucket_lifecycle_configuration")
    ]
    assert [
        "ReplicationConfigurationNotFoundError",
        "NoSuchLifecycleConfiguration",
    ] == codes


def test_event_bridge_is_told_of(ask):
    """A notification without receivers is one to EventBridge."""
    given = {"EventBridgeConfiguration": {}}
    ask("s3", "put_bucket_notification_configuration", **BUCKET, NotificationConfiguration=given)
    assert given == ask("s3", "get_bucket_notification_configuration", **BUCKET)


def test_former_versions_that_stay_are_read_back(ask):
    """Their number is kept beside their days."""
    ending = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 10}
    rule = {
        "ID": "end",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": ending,
    }
    given = {"Rules": [rule]}
    ask("s3", "put_bucket_lifecycle_configuration", **BUCKET, LifecycleConfiguration=given)
    found = ask("s3", "get_bucket_lifecycle_configuration", **BUCKET)["Rules"]
    assert [ending] == [one["NoncurrentVersionExpiration"] for one in found]
