"""An alarm can depend on others."""


def test_a_composite_alarm_is_there_until_it_is_deleted(ask):
    """It is read back with its rule, its tags and what silences it, apart from metric alarms."""
    given = {
        "AlarmName": "both",
        "AlarmRule": "ALARM(one) AND ALARM(two)",
        "ActionsSuppressor": "maintenance",
        "ActionsSuppressorWaitPeriod": 60,
        "ActionsSuppressorExtensionPeriod": 60,
    }
    ask("cloudwatch", "put_composite_alarm", **given, Tags=[{"Key": "a", "Value": "1"}])
    answer = ask("cloudwatch", "describe_alarms", AlarmTypes=["CompositeAlarm"])
    found = answer["CompositeAlarms"][0]
    assert [] == answer.get("MetricAlarms", [])
    assert given == {key: found[key] for key in given}
    tags = ask("cloudwatch", "list_tags_for_resource", ResourceARN=found["AlarmArn"])["Tags"]
    assert [{"Key": "a", "Value": "1"}] == tags
    ask("cloudwatch", "delete_alarms", AlarmNames=["both"])
    answer = ask("cloudwatch", "describe_alarms", AlarmTypes=["CompositeAlarm"])
    assert [] == answer.get("CompositeAlarms", [])
