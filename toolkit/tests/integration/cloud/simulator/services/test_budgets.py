"""A budget changes, is tagged, and tells who hears of it."""

import pytest

ACCOUNT = {"AccountId": "123456789012"}
NAME = {**ACCOUNT, "BudgetName": "month"}
ARN = {"ResourceARN": "arn:aws:budgets::123456789012:budget/month"}
NOTIFICATION = {
    "NotificationType": "ACTUAL",
    "ComparisonOperator": "GREATER_THAN",
    "Threshold": 80.0,
    "ThresholdType": "PERCENTAGE",
}
SUBSCRIBER = {"SubscriptionType": "EMAIL", "Address": "team@groundplan.example"}
BUDGET = {"BudgetName": "month", "TimeUnit": "MONTHLY", "BudgetType": "COST"}


@pytest.fixture(autouse=True)
def budget(ask):
    """Make a tagged budget."""
    notified = {"Notification": NOTIFICATION, "Subscribers": [SUBSCRIBER]}
    ask(
        "budgets",
        "create_budget",
        **ACCOUNT,
        Budget={**BUDGET, "BudgetLimit": {"Amount": "500", "Unit": "USD"}},
        NotificationsWithSubscribers=[notified],
        ResourceTags=[{"Key": "a", "Value": "1"}],
    )


def test_who_is_notified_is_told(ask):
    """Subscribers belong to their notification."""
    operation = "describe_subscribers_for_notification"
    found = ask("budgets", operation, **NAME, Notification=NOTIFICATION)["Subscribers"]
    assert [SUBSCRIBER] == found
    other = {**NOTIFICATION, "Threshold": 100.0}
    assert [] == ask("budgets", operation, **NAME, Notification=other)["Subscribers"]


def test_it_changes(ask):
    """The new limit is read back."""
    limit = {"Amount": "900", "Unit": "USD"}
    ask("budgets", "update_budget", **ACCOUNT, NewBudget={**BUDGET, "BudgetLimit": limit})
    assert limit == ask("budgets", "describe_budget", **NAME)["Budget"]["BudgetLimit"]


def test_tags_go_with_it(ask):
    """Tags are added and removed; those of a deleted budget are not found."""
    ask("budgets", "tag_resource", **ARN, ResourceTags=[{"Key": "b", "Value": "2"}])
    ask("budgets", "untag_resource", **ARN, ResourceTagKeys=["a"])
    tags = ask("budgets", "list_tags_for_resource", **ARN)["ResourceTags"]
    assert [{"Key": "b", "Value": "2"}] == tags
    ask("budgets", "delete_budget", **NAME)
    error = ask("budgets", "list_tags_for_resource", **ARN)["error"]
    assert "NotFoundException" == error["Code"]
