"""CloudWatch: composite alarms, which moto can keep but not be given."""

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from groundplan.cloud.simulator.registry import Call, completed, operation

SUPPRESSION = (
    "ActionsSuppressor",
    "ActionsSuppressorWaitPeriod",
    "ActionsSuppressorExtensionPeriod",
)


@operation(CloudWatchResponse, "PutCompositeAlarm")
def put_composite_alarm(call: Call) -> None:
    """Make or replace an alarm that depends on others; moto's own keeps it by its rule."""
    call.response.put_metric_alarm()
    given = call.parameters
    suppression = {key: given[key] for key in SUPPRESSION if key in given}
    call.table("alarm suppression")[(given["AlarmName"],)] = suppression


@completed(CloudWatchResponse, "DescribeAlarms")
def describe_alarms(call: Call, answer: Any) -> None:
    """Answer in the words of composite alarms for those that are."""
    answer["CompositeAlarms"] = [_composite(call, alarm) for alarm in answer["CompositeAlarms"]]
    if kinds := call.parameters.get("AlarmTypes"):
        for kind, key in (("MetricAlarm", "MetricAlarms"), ("CompositeAlarm", "CompositeAlarms")):
            answer[key] = answer[key] if kind in kinds else []


def _composite(call: Call, alarm: Any) -> dict[str, Any]:
    return {
        "AlarmName": alarm.name,
        "AlarmArn": alarm.alarm_arn,
        "AlarmDescription": alarm.description,
        "AlarmRule": alarm.rule,
        "ActionsEnabled": alarm.actions_enabled,
        "AlarmActions": alarm.alarm_actions,
        "OKActions": alarm.ok_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
        "StateValue": alarm.state_value,
        "StateReason": alarm.state_reason,
        "StateUpdatedTimestamp": alarm.state_updated_timestamp,
        "AlarmConfigurationUpdatedTimestamp": alarm.configuration_updated_timestamp,
        **call.table("alarm suppression").get((alarm.name,), {}),
    }
