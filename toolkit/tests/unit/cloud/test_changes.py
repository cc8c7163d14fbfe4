"""A plan in Terraform's JSON becomes changes that people understand."""

from typing import Any

from groundplan.cloud import changes
from groundplan.cloud.changes import Kind


def resource(address: str, actions: list[str], **change: Any) -> dict[str, Any]:
    """Return one resource of a plan."""
    kind = address.split("[")[0].split(".")[-2]
    return {
        "address": address,
        "type": kind,
        "mode": "managed",
        "change": {"actions": actions, **change},
    }


def read(*resources: dict[str, Any], **more: Any) -> changes.Plan:
    """Return a plan of resources."""
    return changes.read({"resource_changes": resources, **more})


def test_each_action_has_its_word() -> None:
    """Created, changed, replaced, destroyed, adopted, forgotten; nothing for what stays."""
    plan = read(
        resource("aws_vpc.a", ["create"]),
        resource("aws_vpc.b", ["update"]),
        resource("aws_vpc.c", ["delete", "create"]),
        resource("aws_vpc.d", ["create", "delete"]),
        resource("aws_vpc.e", ["delete"]),
        resource("aws_vpc.f", ["no-op"], importing={"id": "vpc-1"}),
        resource("aws_vpc.g", ["forget"]),
        resource("aws_vpc.h", ["no-op"]),
        {**resource("data.aws_vpc.i", ["read"]), "mode": "data"},
    )
    expected = [
        Kind.CREATED,
        Kind.CHANGED,
        Kind.REPLACED,
        Kind.REPLACED,
        Kind.DESTROYED,
        Kind.ADOPTED,
        Kind.FORGOTTEN,
    ]
    assert expected == [change.kind for change in plan.changes]


def test_lost_data_is_told_apart() -> None:
    """Only a data store that goes or is replaced loses data."""
    plan = read(
        resource("module.database.aws_db_instance.this", ["delete", "create"]),
        resource('module.storage.aws_s3_bucket.this["logs"]', ["delete"]),
        resource("aws_db_instance.changed", ["update"]),
        resource("aws_s3_bucket.new", ["create"]),
        resource("aws_vpc.gone", ["delete"]),
    )
    expected = [
        "module.database.aws_db_instance.this",
        'module.storage.aws_s3_bucket.this["logs"]',
    ]
    assert expected == [change.address for change in plan.losses]
    assert ["database", "storage", "", "", ""] == [change.module for change in plan.changes]


def test_differences_have_values_where_they_are_short() -> None:
    """Secrets and whole structures are named only; what is known after apply is left out."""
    (change,) = read(
        resource(
            "aws_db_instance.this",
            ["update"],
            before={"class": "a", "password": "x", "tags": {}, "arn": "1", "on": False},
            after={"class": "b", "password": "y", "tags": {"k": "v"}, "on": True},
            after_unknown={"arn": True},
            after_sensitive={"password": True},
        )
    ).changes
    assert ("class a -> b", "on false -> true", "password", "tags") == change.attributes


def test_what_forces_a_replacement_is_named() -> None:
    """The attributes that cannot change in place, each by its first name."""
    (change,) = read(
        resource(
            "aws_db_instance.this",
            ["delete", "create"],
            replace_paths=[["engine"], ["tags", "x"]],
        )
    ).changes
    assert ("engine", "tags") == change.forced_by


def test_a_plan_is_empty_without_changes() -> None:
    """What stays does not count; an output that changes does."""
    same = resource("aws_vpc.a", ["no-op"])
    assert read(same).is_empty
    assert not read(same, output_changes={"url": {"actions": ["update"]}}).is_empty


def test_drift_is_read() -> None:
    """What others changed stands apart from what would be done."""
    gone = resource("aws_vpc.a", ["delete"])
    plan = changes.read({"resource_drift": [gone]})
    assert ([Kind.DESTROYED], True) == ([each.kind for each in plan.drift], plan.is_empty)
