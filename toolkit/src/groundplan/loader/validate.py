"""The fifth step: plain values become the model, or everything that is wrong with them.

Where a part is wrong the others are still decided, so that rules can be asked about them.
"""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from groundplan.loader import wording
from groundplan.loader.finding import Finding
from groundplan.loader.tree import Branch, plain
from groundplan.model.platform import Platform
from groundplan.model.service import Service

SERVICES: Final = "services"


@dataclass(frozen=True, slots=True)
class Validated:
    """A platform with the parts that are fine, their names, and what is wrong with the rest."""

    platform: Platform
    parts: frozenset[str]
    """Names of the model's fields that can be read; `services` only when all are fine."""
    findings: tuple[Finding, ...] = ()


def validate(tree: Branch) -> Validated:
    """Return the model of a platform, complete when nothing was found."""
    values = plain(tree)
    try:
        platform = Platform.model_validate(values)
    except ValidationError as error:
        errors = [each for each in error.errors(include_url=False) if not _follows(each)]
        findings = tuple(wording.word(each, tree) for each in errors)
        return _fine_parts(values, {str(each["loc"][0]) for each in errors}, findings)
    return Validated(platform, frozenset(Platform.model_fields))


def _follows(error: ErrorDetails) -> bool:
    """Say whether a list is only called too short because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _fine_parts(values: Any, wrong: set[str], findings: tuple[Finding, ...]) -> Validated:
    parts: dict[str, Any] = {}
    for name, field in Platform.model_fields.items():
        key = field.alias or name
        if key in wrong:
            continue
        if key in values:
            adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
            parts[name] = adapter.validate_python(values[key])
        else:
            parts[name] = field.get_default(call_default_factory=True)
    fine = frozenset(parts)
    if SERVICES in wrong:
        parts[SERVICES] = _fine_services(values.get(SERVICES))
    return Validated(Platform.model_construct(**parts), fine, findings)


def _fine_services(values: Any) -> dict[str, Service]:
    fine: dict[str, Service] = {}
    for name, value in values.items() if isinstance(values, dict) else ():
        try:
            fine[name] = Service.model_validate(value)
        except ValidationError:
            continue
    return fine
