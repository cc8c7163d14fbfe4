"""Cost Explorer: anomaly monitors, who is told of anomalies, and which tags the bill shows."""

import uuid
from typing import Any

from moto.ce.responses import CostExplorerResponse

from groundplan.cloud.simulator.registry import Call, Refused, operation


def _name(call: Call, kind: str) -> str:
    return f"arn:{call.response.partition}:ce::{call.account}:{kind}/{uuid.uuid4()}"


def _tag(call: Call, arn: str) -> None:
    tags = [dict(tag) for tag in call.parameters.get("ResourceTags", [])]
    call.response.ce_backend.tag_resource(arn, tags)


def _chosen(call: Call, kind: str, wanted: list[str] | None, code: str) -> list[dict[str, Any]]:
    """Return rows by ARN, or all.

    Raises:
        Refused: some were asked for and none is there.
    """
    rows = [row for (arn,), row in list(call.table(kind).items()) if not wanted or arn in wanted]
    if wanted and not rows:
        raise Refused(code, f"The {kind} does not exist: {wanted[0]}")
    return rows


MONITOR, NO_MONITOR = "anomaly monitor", "UnknownMonitorException"
SUBSCRIPTION, NO_SUBSCRIPTION = "anomaly subscription", "UnknownSubscriptionException"


@operation(CostExplorerResponse, "CreateAnomalyMonitor")
def create_anomaly_monitor(call: Call) -> dict[str, Any]:
    """Watch some costs."""
    arn = _name(call, "anomalymonitor")
    call.table(MONITOR)[(arn,)] = {**call.parameters["AnomalyMonitor"], "MonitorArn": arn}
    _tag(call, arn)
    return {"MonitorArn": arn}


@operation(CostExplorerResponse, "GetAnomalyMonitors")
def get_anomaly_monitors(call: Call) -> dict[str, Any]:
    """Return the monitors that are asked for, or all."""
    wanted = call.parameters.get("MonitorArnList")
    return {"AnomalyMonitors": _chosen(call, MONITOR, wanted, NO_MONITOR)}


@operation(CostExplorerResponse, "UpdateAnomalyMonitor")
def update_anomaly_monitor(call: Call) -> dict[str, Any]:
    """Rename a monitor."""
    arn = call.parameters["MonitorArn"]
    _chosen(call, MONITOR, [arn], NO_MONITOR)[0].update(call.parameters)
    return {"MonitorArn": arn}


@operation(CostExplorerResponse, "DeleteAnomalyMonitor")
def delete_anomaly_monitor(call: Call) -> dict[str, Any]:
    """Watch no longer."""
    arn = call.parameters["MonitorArn"]
    _chosen(call, MONITOR, [arn], NO_MONITOR)
    del call.table(MONITOR)[(arn,)]
    return {}


@operation(CostExplorerResponse, "CreateAnomalySubscription")
def create_anomaly_subscription(call: Call) -> dict[str, Any]:
    """Tell somebody of anomalies."""
    arn = _name(call, "anomalysubscription")
    call.table(SUBSCRIPTION)[(arn,)] = {
        **call.parameters["AnomalySubscription"],
        "SubscriptionArn": arn,
        "AccountId": call.account,
    }
    _tag(call, arn)
    return {"SubscriptionArn": arn}


@operation(CostExplorerResponse, "GetAnomalySubscriptions")
def get_anomaly_subscriptions(call: Call) -> dict[str, Any]:
    """Return the subscriptions that are asked for, or all."""
    wanted = call.parameters.get("SubscriptionArnList")
    return {"AnomalySubscriptions": _chosen(call, SUBSCRIPTION, wanted, NO_SUBSCRIPTION)}


@operation(CostExplorerResponse, "UpdateAnomalySubscription")
def update_anomaly_subscription(call: Call) -> dict[str, Any]:
    """Change who is told of what."""
    arn = call.parameters["SubscriptionArn"]
    _chosen(call, SUBSCRIPTION, [arn], NO_SUBSCRIPTION)[0].update(call.parameters)
    return {"SubscriptionArn": arn}


@operation(CostExplorerResponse, "DeleteAnomalySubscription")
def delete_anomaly_subscription(call: Call) -> dict[str, Any]:
    """Tell nobody any more."""
    arn = call.parameters["SubscriptionArn"]
    _chosen(call, SUBSCRIPTION, [arn], NO_SUBSCRIPTION)
    del call.table(SUBSCRIPTION)[(arn,)]
    return {}


@operation(CostExplorerResponse, "UpdateCostAllocationTagsStatus")
def update_cost_allocation_tags_status(call: Call) -> dict[str, Any]:
    """Say which tags the bill is split by."""
    for tag in call.parameters["CostAllocationTagsStatus"]:
        call.table("cost allocation tag")[(tag["TagKey"],)] = {**tag, "Type": "UserDefined"}
    return {"Errors": []}


@operation(CostExplorerResponse, "ListCostAllocationTags")
def list_cost_allocation_tags(call: Call) -> dict[str, Any]:
    """Return the tags that are asked for, or all that were ever chosen."""
    wanted = call.parameters.get("TagKeys")
    rows = list(call.table("cost allocation tag").items())
    return {"CostAllocationTags": [row for (key,), row in rows if not wanted or key in wanted]}
