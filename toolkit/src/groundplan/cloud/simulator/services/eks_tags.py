"""Tags of everything in EKS; moto tags only clusters."""

from typing import Any

from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator.registry import Call, Refused, operation

OURS = (
    ("addon", "addonArn"),
    ("access entry", "accessEntryArn"),
    ("pod identity", "associationArn"),
)


def _of(call: Call) -> dict[str, str]:
    """Return the tags of what a request names, to read and to change."""
    wanted = call.parameters["resourceArn"]
    for arn, tags in _all(call):
        if arn == wanted:
            return tags
    raise Refused("NotFoundException", f"Resource was not found: {wanted}")


def _all(call: Call) -> list[tuple[str, dict[str, str]]]:
    clusters = list(call.response.eks_backend.clusters.values())
    found = [(cluster.arn, cluster.tags) for cluster in clusters]
    for cluster in clusters:
        found += [(group.arn, group.tags) for group in cluster.nodegroups.values()]
        found += [
            (profile.fargate_profile_arn, profile.tags)
            for profile in cluster.fargate_profiles.values()
        ]
    for kind, name in OURS:
        found += [(row[name], row["tags"]) for row in list(call.table(kind).values())]
    return found


@operation(EKSResponse, "TagResource")
def tag_resource(call: Call) -> None:
    """Add tags, or change their values."""
    _of(call).update(call.parameters["tags"])


@operation(EKSResponse, "UntagResource")
def untag_resource(call: Call) -> None:
    """Remove tags by key."""
    tags = _of(call)
    for key in call.parameters["tagKeys"]:
        tags.pop(key, None)


@operation(EKSResponse, "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """Return the tags of one resource."""
    return {"tags": _of(call)}
