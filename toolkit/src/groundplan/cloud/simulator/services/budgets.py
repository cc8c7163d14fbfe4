"""Budgets: tags, changing one, and who is told when it is exceeded."""

from typing import Any

from moto.budgets.responses import BudgetsResponse

from groundplan.cloud.simulator.registry import Call, Refused, completed, operation

KIND = "budget tags"


@completed(BudgetsResponse, "CreateBudget")
def create_budget(call: Call, answer: Any) -> None:
    """Keep the tags of a new budget."""
    given = call.parameters
    name = given["Budget"]["BudgetName"]
    arn = f"arn:{call.response.partition}:budgets::{given['AccountId']}:budget/{name}"
    call.table(KIND)[(arn,)] = _by_key(given.get("ResourceTags", []))


def _by_key(tags: list[dict[str, str]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}


@completed(BudgetsResponse, "DeleteBudget")
def delete_budget(call: Call, answer: Any) -> None:
    """Forget the tags of a budget."""
    given = call.parameters
    arn = (
        f"arn:{call.response.partition}:budgets::{given['AccountId']}:budget/{given['BudgetName']}"
    )
    call.table(KIND).pop((arn,), None)


def _budget(call: Call, name: str) -> Any:
    account = call.parameters["AccountId"]
    budget = call.response.backend.budgets[account].get(name)
    if budget is None:
        message = f"Unable to get budget: {name} - the budget doesn't exist."
        raise Refused("NotFoundException", message)
    return budget


@operation(BudgetsResponse, "UpdateBudget")
def update_budget(call: Call) -> dict[str, Any]:
    """Change a budget, not its notifications."""
    given = call.parameters["NewBudget"]
    _budget(call, given["BudgetName"]).budget.update(given)
    return {}


@operation(BudgetsResponse, "DescribeSubscribersForNotification")
def describe_subscribers_for_notification(call: Call) -> dict[str, Any]:
    """Return who is told of one notification."""
    wanted = _same(call.parameters["Notification"])
    notifications = _budget(call, call.parameters["BudgetName"]).notifications
    return {
        "Subscribers": [
            subscriber
            for notification in notifications
            if _same(notification.details) == wanted
            for subscriber in notification.subscribers
        ]
    }


def _same(notification: dict[str, Any]) -> tuple[str, str, float, str]:
    """Return what makes two notifications the same."""
    return (
        notification["NotificationType"],
        notification["ComparisonOperator"],
        float(notification["Threshold"]),
        notification.get("ThresholdType", "PERCENTAGE"),
    )


def _tags(call: Call) -> dict[str, str]:
    arn = call.parameters["ResourceARN"]
    return call.found(KIND, arn, code="NotFoundException", message=f"{arn} does not exist")


@operation(BudgetsResponse, "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """Return the tags of a budget."""
    return {"ResourceTags": [{"Key": key, "Value": value} for key, value in _tags(call).items()]}


@operation(BudgetsResponse, "TagResource")
def tag_resource(call: Call) -> dict[str, Any]:
    """Add tags to a budget, or change their values."""
    _tags(call).update(_by_key(call.parameters["ResourceTags"]))
    return {}


@operation(BudgetsResponse, "UntagResource")
def untag_resource(call: Call) -> dict[str, Any]:
    """Remove tags of a budget by key."""
    for key in call.parameters["ResourceTagKeys"]:
        _tags(call).pop(key, None)
    return {}
