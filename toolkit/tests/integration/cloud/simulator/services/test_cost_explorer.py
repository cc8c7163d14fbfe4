"""Anomalies are watched and told, and tags chosen for the bill."""

MONITOR = {"MonitorName": "services", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}


def test_a_monitor_is_there_until_it_is_deleted(ask):
    """It is renamed, tagged and then unknown."""
    tags = [{"Key": "a", "Value": "1"}]
    made = ask("ce", "create_anomaly_monitor", AnomalyMonitor=MONITOR, ResourceTags=tags)
    arn = made["MonitorArn"]
    ask("ce", "update_anomaly_monitor", MonitorArn=arn, MonitorName="all")
    found = ask("ce", "get_anomaly_monitors", MonitorArnList=[arn])["AnomalyMonitors"]
    assert ["all"] == [one["MonitorName"] for one in found]
    assert tags == ask("ce", "list_tags_for_resource", ResourceArn=arn)["ResourceTags"]
    ask("ce", "delete_anomaly_monitor", MonitorArn=arn)
    error = ask("ce", "get_anomaly_monitors", MonitorArnList=[arn])["error"]
    assert "UnknownMonitorException" == error["Code"]


def test_a_subscription_is_there_until_it_is_deleted(ask):
    """Its frequency changes; a deleted one is unknown."""
    given = {
        "SubscriptionName": "team",
        "MonitorArnList": [],
        "Subscribers": [{"Type": "EMAIL", "Address": "team@groundplan.example"}],
        "Frequency": "DAILY",
    }
    made = ask("ce", "create_anomaly_subscription", AnomalySubscription=given)
    arn = made["SubscriptionArn"]
    ask("ce", "update_anomaly_subscription", SubscriptionArn=arn, Frequency="WEEKLY")
    found = ask("ce", "get_anomaly_subscriptions")["AnomalySubscriptions"]
    assert ["WEEKLY"] == [one["Frequency"] for one in found]
    ask("ce", "delete_anomaly_subscription", SubscriptionArn=arn)
    error = ask("ce", "delete_anomaly_subscription", SubscriptionArn=arn)["error"]
    assert "UnknownSubscriptionException" == error["Code"]


def test_tags_are_chosen_for_the_bill(ask):
    """A tag is active once it was chosen."""
    chosen = [{"TagKey": "environment", "Status": "Active"}]
    ask("ce", "update_cost_allocation_tags_status", CostAllocationTagsStatus=chosen)
    found = ask("ce", "list_cost_allocation_tags", TagKeys=["environment"])["CostAllocationTags"]
    assert [("environment", "Active")] == [(one["TagKey"], one["Status"]) for one in found]
