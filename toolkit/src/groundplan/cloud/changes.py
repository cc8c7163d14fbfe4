"""What a plan would do, read from Terraform's JSON of it: each change with what it means for data.

A data store is a resource whose loss is a loss of data: replacing or destroying one is told
apart from everything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

DATA: Final = frozenset(
    {
        "aws_backup_vault",
        "aws_cloudwatch_log_group",
        "aws_db_instance",
        "aws_dynamodb_table",
        "aws_ebs_volume",
        "aws_ecr_repository",
        "aws_efs_file_system",
        "aws_elasticache_replication_group",
        "aws_kms_key",
        "aws_rds_cluster",
        "aws_s3_bucket",
        "aws_secretsmanager_secret",
    }
)
"""Types that hold data, or a key without which data cannot be read."""


class Kind(StrEnum):
    """What happens to a resource."""

    CREATED = "created"
    CHANGED = "changed"
    REPLACED = "replaced"
    DESTROYED = "destroyed"
    ADOPTED = "adopted"
    FORGOTTEN = "forgotten"


KINDS: Final = {
    ("create",): Kind.CREATED,
    ("update",): Kind.CHANGED,
    ("delete",): Kind.DESTROYED,
    ("delete", "create"): Kind.REPLACED,
    ("create", "delete"): Kind.REPLACED,
    ("forget",): Kind.FORGOTTEN,
    ("create", "forget"): Kind.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One resource that changes."""

    address: str
    type: str
    kind: Kind
    attributes: tuple[str, ...] = ()
    """Which attributes change and how, for people: `instance_class db.t3.micro -> db.t3.small`."""
    forced_by: tuple[str, ...] = ()
    """Attributes that cannot change in place."""
    is_adopted: bool = False
    """Whether it was there before and Terraform takes it over."""

    @property
    def loses_data(self) -> bool:
        """Whether data goes with it."""
        return self.type in DATA and self.kind in (Kind.REPLACED, Kind.DESTROYED)

    @property
    def module(self) -> str:
        """The name of the module call that it belongs to; empty at the root."""
        head, dot, rest = self.address.partition("module.")
        return rest.split(".")[0].split("[")[0] if dot and not head else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a plan would do, and what it found to be changed by others."""

    changes: tuple[Change, ...]
    drift: tuple[Change, ...] = ()
    outputs: tuple[str, ...] = ()
    """Names of outputs that change."""

    @property
    def is_empty(self) -> bool:
        """Whether applying it would do nothing."""
        return not self.changes and not self.outputs

    @property
    def losses(self) -> tuple[Change, ...]:
        """The data stores that would be lost."""
        return tuple(change for change in self.changes if change.loses_data)

    def of_kind(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def read(plan: Mapping[str, Any]) -> Plan:
    """Return what a plan in Terraform's JSON would do."""
    return Plan(
        changes=tuple(_changes(plan.get("resource_changes", ()))),
        drift=tuple(_changes(plan.get("resource_drift", ()))),
        outputs=tuple(
            name
            for name, change in plan.get("output_changes", {}).items()
            if change["actions"] != ["no-op"]
        ),
    )


def _changes(found: Any) -> Iterator[Change]:
    for each in found:
        change = each["change"]
        kind = KINDS.get(tuple(change["actions"]))
        is_adopted = bool(change.get("importing"))
        if is_adopted and kind is None:
            kind = Kind.ADOPTED
        if kind and each.get("mode") != "data":
            yield Change(
                address=each["address"],
                type=each["type"],
                kind=kind,
                attributes=tuple(_differences(change)),
                forced_by=tuple(str(path[0]) for path in change.get("replace_paths", ()) if path),
                is_adopted=is_adopted,
            )


def _differences(change: Mapping[str, Any]) -> Iterator[str]:
    before, after = change.get("before"), change.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return
    unknown = change.get("after_unknown") or {}
    for name in sorted(before.keys() | after.keys()):
        if unknown.get(name) is True and name not in after:
            continue
        if before.get(name) != after.get(name):
            yield _difference(name, change)


def _difference(name: str, change: Mapping[str, Any]) -> str:
    """Return an attribute's name, with its values where they are short and no secret."""
    secrets = (change.get("before_sensitive") or {}, change.get("after_sensitive") or {})
    values = (change["before"].get(name), change["after"].get(name))
    is_secret = any(secret is True or secret.get(name) for secret in secrets)
    if is_secret or any(isinstance(value, dict | list) for value in values):
        return name
    was, becomes = (_word(value) for value in values)
    return f"{name} {was} -> {becomes}"


def _word(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
