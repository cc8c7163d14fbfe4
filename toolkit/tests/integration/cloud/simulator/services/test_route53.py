"""A zone is signed by its active keys, and its queries are logged."""

import pytest


@pytest.fixture
def zone(ask):
    """Return the id of a zone."""
    made = ask("route53", "create_hosted_zone", Name="groundplan.example", CallerReference="1")
    return made["HostedZone"]["Id"].removeprefix("/hostedzone/")


def test_a_zone_is_signed_and_no_longer(ask, zone):
    """Signing needs an active key; a key that signs is not deleted."""
    here, key = {"HostedZoneId": zone}, {"HostedZoneId": zone, "Name": "one"}
    error = ask("route53", "enable_hosted_zone_dnssec", **here)["error"]
    assert "KeySigningKeyWithActiveStatusNotFound" == error["Code"]
    arn = "arn:aws:kms:us-east-1:123456789012:key/1"
    given = {"CallerReference": "1", "KeyManagementServiceArn": arn, "Status": "ACTIVE"}
    ask("route53", "create_key_signing_key", **key, **given)
    ask("route53", "enable_hosted_zone_dnssec", **here)
    found = ask("route53", "get_dnssec", **here)
    assert ("SIGNING", ["one"]) == (
        found["Status"]["ServeSignature"],
        [one["Name"] for one in found["KeySigningKeys"]],
    )
    error = ask("route53", "delete_key_signing_key", **key)["error"]
    assert "InvalidKeySigningKeyStatus" == error["Code"]
    ask("route53", "disable_hosted_zone_dnssec", **here)
    for operation in ("deactivate_key_signing_key", "delete_key_signing_key"):
        ask("route53", operation, **key)
    assert "NOT_SIGNING" == ask("route53", "get_dnssec", **here)["Status"]["ServeSignature"]


def test_queries_are_logged_to_a_group_by_its_plain_name(ask, zone):
    """The name is read back as it was given."""
    ask("logs", "create_log_group", logGroupName="/aws/route53/one")
    group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/one"
    given = {"HostedZoneId": zone, "CloudWatchLogsLogGroupArn": group}
    ask("route53", "create_query_logging_config", **given)
    found = ask("route53", "list_query_logging_configs")["QueryLoggingConfigs"]
    assert [group] == [one["CloudWatchLogsLogGroupArn"] for one in found]
