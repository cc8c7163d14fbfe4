"""Words for everything that validation can say."""

from typing import Any

import pytest
from pydantic_core import core_schema

from groundplan.loader import parse, validate, wording
from groundplan.model.platform import Platform


def words(text: str, field: str) -> tuple[str, str]:
    """Return message and hint about a field of a file."""
    found = validate.validate(parse.parse(text, "p.yaml")).findings
    (one,) = [each for each in found if ".".join(map(str, each.path)) == field]
    return one.message, one.hint


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("name: 3", "name", "must be text, is 3"),
        ("name:", "name", "must be text, is empty"),
        ("name: [a]", "name", "must be text, is a list"),
        ("name: " + "x" * 80, "name", f'digits and hyphens, is "{"x" * 59}..."'),
        ("network: 3", "network", "must be a mapping, is 3"),
        ("network: {zones: true}", "network.zones", "must be a whole number, is true"),
        ("network: {zones: 3.0}", "network.zones", "must be a whole number, is 3.0"),
        ("network: {zones: 0x1}", "network.zones", "must be at least 2, is 0x1"),
        ("network: {flowLogs: on}", "network.flowLogs", 'must be true or false, is "on"'),
        ("storage: {buckets: {a: {x: 1}}}", "storage.buckets.a.x", "unknown key `x`"),
        ("identity: {idle: 0s}", "identity.idle", 'must be at least 1ms, is "0s"'),
        ("identity: {idle: 10}", "identity.idle", "such as 10s, 5m or 8h, is 10"),
        ("database: {version: 15}", "database.version", "must be text, is 15"),
        ("services: {}", "services", "must have at least 1 item, has 0"),
        ("services: {a: {}}", "services.a.kind", "is missing"),
        ("services: {a: {kind: x}}", "services.a.kind", 'backend, service, is "x"'),
        ("apiVersion: v2", "apiVersion", 'must be `groundplan/v1`, is "v2"'),
    ],
)  # fmt: skip
def test_says_it_plainly(text: str, field: str, message: str) -> None:
    """The words are ours, and end with what is there."""
    assert words(text, field)[0].endswith(message)


def test_hints_at_quotes_with_the_letters_that_were_written() -> None:
    """1.30 is quoted as 1.30, not as the number 1.3."""
    assert 'put it in quotes: "1.30"' == words("cluster: {version: 1.30}", "cluster.version")[1]


def test_every_error_that_the_model_can_make_has_words() -> None:
    """Each kind of schema in the model raises only errors that we have words for."""
    kinds = set(schema_types(Platform.__pydantic_core_schema__))
    made = {error for kind in kinds for error in ERRORS.get(kind, ())}
    assert set() == kinds - ERRORS.keys()
    assert set() == made - wording.known()


ERRORS: dict[str, tuple[str, ...]] = {
    "model": ("model_type", "model_attributes_type"),
    "model-fields": ("missing", "extra_forbidden", "model_attributes_type"),
    "model-field": (),
    "definitions": (),
    "definition-ref": (),
    "default": (),
    "nullable": (),
    "str": ("string_type", "string_too_short", "string_too_long", "string_pattern_mismatch"),
    "int": ("int_type", "greater_than_equal", "less_than_equal"),
    "bool": ("bool_type",),
    "float": ("float_type", "greater_than", "greater_than_equal", "less_than_equal"),
    "literal": ("literal_error",),
    "enum": ("enum",),
    "tuple": ("tuple_type", "too_short", "too_long"),
    "dict": ("dict_type", "too_short", "too_long"),
    "function-before": ("value_error",),
    "function-after": ("value_error",),
    "function-plain": (),
    "is-instance": (),
    "json-or-python": (),
    "lax-or-strict": (),
    "any": (),
}
"""The errors that each kind of core schema raises, as the model uses it."""


def schema_types(schema: Any) -> set[str]:
    """Return the types of all core schemas in one."""
    known = set(core_schema.CoreSchemaType.__args__) | set(
        core_schema.CoreSchemaFieldType.__args__
    )
    found: set[str] = set()
    if isinstance(schema, dict):
        if schema.get("type") in known:
            found.add(schema["type"])
        for key, each in schema.items():
            if key not in ("metadata", "serialization", "ref", "cls"):
                found |= schema_types(each)
    elif isinstance(schema, list | tuple):
        for each in schema:
            found |= schema_types(each)
    return found
