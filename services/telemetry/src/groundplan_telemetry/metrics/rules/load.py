"""Rule files in Prometheus' format: read, checked, and taken apart."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import promql_parser
import yaml

from groundplan_telemetry.metrics.promql import evaluate
from groundplan_telemetry.metrics.promql.failure import QueryError

INTERVAL: Final = 5.0
"""Seconds between evaluations of a group that says nothing of it."""


class RuleError(Exception):
    """A rule file that cannot be used; says which, where and why."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Refuses what it does not know."""


Name = Annotated[str, msgspec.Meta(min_length=1)]


class Rule(_Strict, frozen=True):
    """A series that is recorded, or an alert; lengths are as they are written."""

    expr: Name
    record: str = ""
    alert: str = ""
    wait: str = msgspec.field(name="for", default="0s")
    keep_firing_for: str = "0s"
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}

    @property
    def patience(self) -> float:
        """Seconds that an alert's condition must hold until it fires."""
        return seconds(self.wait)

    @property
    def name(self) -> str:
        """The series or the alert."""
        return self.record or self.alert


class Group(_Strict, frozen=True):
    """Rules that are evaluated one after the other."""

    name: Name
    interval: str = ""
    limit: int = 0
    rules: list[Rule] = []
    file: str = ""

    @property
    def seconds(self) -> float:
        """Seconds between evaluations."""
        return seconds(self.interval) if self.interval else INTERVAL


class _File(_Strict, frozen=True):
    groups: list[Group]


def load(file: Path) -> list[Group]:
    """Return the groups of a file.

    Raises:
        RuleError: it cannot be read, or holds what cannot be evaluated.
    """
    try:
        written: Any = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
        found = msgspec.convert(written or {"groups": []}, _File)
    except OSError as error:
        raise RuleError(f"{file} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise RuleError(f"{file}: {error}") from error
    for group in found.groups:
        for rule in group.rules:
            _check(rule, f"{file}: group {group.name!r}, rule {rule.name!r}")
    return [msgspec.structs.replace(group, file=str(file)) for group in found.groups]


def _check(rule: Rule, where: str) -> None:
    if bool(rule.record) == bool(rule.alert):
        raise RuleError(f"{where}: must have one of `record` and `alert`")
    try:
        evaluate.parse(rule.expr)
        seconds(rule.wait), seconds(rule.keep_firing_for)
    except (QueryError, ValueError) as error:
        raise RuleError(f"{where}: {error}") from error


def seconds(written: str) -> float:
    """Return a length such as 5m in seconds.

    Raises:
        ValueError: it is none.
    """
    if written in ("0", "0s"):
        return 0.0
    found: timedelta = promql_parser.parse_duration(written)
    return found / timedelta(seconds=1)
