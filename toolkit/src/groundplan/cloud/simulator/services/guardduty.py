"""GuardDuty: tags of a detector, and changing some of its features."""

from collections.abc import Callable
from typing import Any

from moto.guardduty.models import Detector
from moto.guardduty.responses import GuardDutyResponse

from groundplan.cloud.simulator.registry import Call, corrected, operation


@corrected(Detector, "update", "guardduty", "UpdateDetector")
def update(
    original: Callable[..., None],
    detector: Any,
    enable: bool,
    frequency: str,
    sources: dict[str, Any],
    features: list[dict[str, Any]] | None,
) -> None:
    """Change the features that are named; moto drops the others."""
    if features is not None:
        known = {feature["name"]: feature for feature in detector.features}
        features = list((known | {feature["name"]: feature for feature in features}).values())
    original(detector, enable, frequency, sources, features)


def _tags(call: Call) -> dict[str, str]:
    number = call.parameters["ResourceArn"].split("detector/")[-1].split("/")[0]
    tags: dict[str, str] = call.response.guardduty_backend.get_detector(number).tags
    return tags


@operation(GuardDutyResponse, "TagResource")
def tag_resource(call: Call) -> None:
    """Add tags to a detector, or change their values."""
    _tags(call).update(call.parameters["Tags"])


@operation(GuardDutyResponse, "UntagResource")
def untag_resource(call: Call) -> None:
    """Remove tags of a detector by key."""
    for key in call.parameters["TagKeys"]:
        _tags(call).pop(key, None)


@operation(GuardDutyResponse, "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """Return the tags of a detector."""
    return {"Tags": _tags(call)}
