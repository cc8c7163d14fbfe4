"""An account is held against standards."""

STANDARD = "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/3.0.0"


def test_a_standard_is_there_until_it_is_disabled(ask):
    """Its subscription is named after it."""
    ask("securityhub", "enable_security_hub")
    ask("securityhub", "update_security_hub_configuration", AutoEnableControls=True)
    request = [{"StandardsArn": STANDARD}]
    ask("securityhub", "batch_enable_standards", StandardsSubscriptionRequests=request)
    found = ask("securityhub", "get_enabled_standards")["StandardsSubscriptions"]
    assert [(STANDARD, "READY")] == [
        (one["StandardsArn"], one["StandardsStatus"]) for one in found
    ]
    arns = [found[0]["StandardsSubscriptionArn"]]
    ask("securityhub", "batch_disable_standards", StandardsSubscriptionArns=arns)
    assert [] == ask("securityhub", "get_enabled_standards")["StandardsSubscriptions"]
