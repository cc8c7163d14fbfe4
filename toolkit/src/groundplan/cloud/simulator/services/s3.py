"""S3: replication, notifications and lifecycle as they were given; delete markers that go."""

from collections.abc import Callable, Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response

from groundplan.cloud.simulator.registry import corrected

NEWER = "NewerNoncurrentVersions"
ENDING = "NoncurrentVersionExpiration"

# moto disposes of every version of an emptied bucket, and its delete markers cannot be
FakeDeleteMarker.dispose = lambda self, garbage=False: None


@corrected(S3Response, "get_bucket_replication", "s3", "GetBucketReplication")
def get_bucket_replication(original: Callable[[Any], Any], response: Any) -> Any:
    """Return rules with filter, delete markers and encryption; moto returns none of these."""
    configuration = response.backend.get_bucket_replication(response.bucket_name)
    if configuration:
        rules = [_rule(rule) for rule in configuration["Rule"]]
        _complete(response, lambda answer: answer["ReplicationConfiguration"].update(Rules=rules))
    return original(response)


def _complete(response: Any, completion: Callable[[Any], Any]) -> None:
    """Let a function complete, in place, what a response is about to answer with.

    moto's S3 makes and serializes an answer in one method; this stands between the two.
    """
    serialized = response.serialized

    def completed(answer: ActionResult) -> Any:
        if isinstance(answer.result, dict):
            completion(answer.result)
        return serialized(answer)

    response.serialized = completed


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("ID", "Priority", "Status", "Destination", "SourceSelectionCriteria")
    return {
        **{key: rule[key] for key in kept if rule.get(key)},
        "Filter": {"Prefix": (rule.get("Filter") or {}).get("Prefix") or ""},
        "DeleteMarkerReplication": rule.get("DeleteMarkerReplication") or {"Status": "Disabled"},
    }


@corrected(S3Response, "get_bucket_notification", "s3", "GetBucketNotificationConfiguration")
def get_bucket_notification(original: Callable[[Any], Any], response: Any) -> Any:
    """Say that EventBridge is told too; moto tells it, and leaves it out of the answer."""
    configuration = response.backend.get_bucket(response.bucket_name).notification_configuration
    if configuration is not None and configuration.event_bridge is not None:
        _complete(response, lambda answer: answer.update(EventBridgeConfiguration={}))
    return original(response)


@corrected(FakeBucket, "set_lifecycle", "s3", "PutBucketLifecycleConfiguration")
def set_lifecycle(
    original: Callable[..., None], bucket: Any, rules: list[Mapping[str, Any]]
) -> None:
    """Keep how many former versions stay whatever their age."""
    original(bucket, rules)
    for rule, given in zip(bucket.rules, rules, strict=True):
        rule.newer_versions = (given.get(ENDING) or {}).get(NEWER)


@corrected(S3Response, "get_bucket_lifecycle", "s3", "GetBucketLifecycleConfiguration")
def get_bucket_lifecycle(original: Callable[[Any], Any], response: Any) -> Any:
    """Return it too."""
    rules = response.backend.get_bucket_lifecycle(response.bucket_name) or []

    def completion(answer: Any) -> None:
        for rule, answered in zip(rules, answer["Rules"], strict=True):
            if rule.newer_versions:
                answered[ENDING][NEWER] = rule.newer_versions

    _complete(response, completion)
    return original(response)
