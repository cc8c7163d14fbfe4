"""The JSON Schema of the file, for editors: the model, and what only the file has.

`extends` and `environments` hold parts of a platform, so every type has a twin that asks for
nothing. Defaults stand as a person would write them.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from groundplan.loader import extend, overlay, shape
from groundplan.model import written

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
WHOLE: Final = "Platform"
PART: Final = "Part"
"""Ends the name of a type's twin that asks for nothing."""
_REF: Final = "#/$defs/"
Schema = dict[str, Any]


def build() -> Schema:
    """Return the schema of a platform file."""
    types = _types()
    objects = {name for name, each in types.items() if each.get("type") == "object"}
    for name in sorted(objects):
        types[name + PART] = _part(types[name], objects)
    _open_file(types)
    file = {
        "$schema": DIALECT,
        "title": "platform.yaml",
        "description": "A whole platform: network, cluster, data, services and promises.",
        "type": "object",
        "if": {"required": [extend.KEY]},
        "then": {"$ref": _REF + WHOLE + PART},
        "else": {"$ref": _REF + WHOLE},
    }
    return {**file, "$defs": {name: types[name] for name in sorted(_used(file, types))}}


def _types() -> dict[str, Schema]:
    """Return every type of the model, tidied for people."""
    whole: Schema = deepcopy(dict(shape.schema()))
    types: dict[str, Schema] = whole.pop("$defs")
    types[WHOLE] = whole
    for each in types.values():
        _tidy(each)
    for each in types.values():
        for schema in _inside(each):
            if "default" in schema:
                schema["default"] = _written(schema["default"], schema, types)
    return types


def _inside(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and all schemas in it."""
    yield schema
    below = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    below += schema.get("patternProperties", {}).values()
    below += [schema["items"]] if "items" in schema else []
    for each in below:
        yield from _inside(each)


def _tidy(of: Schema) -> None:
    for schema in _inside(of):
        schema.pop("title", None)
        if schema.get("default", ...) is None:
            del schema["default"]
        if "patternProperties" in schema:
            schema["additionalProperties"] = False


def _written(value: Any, schema: Schema, types: dict[str, Schema]) -> Any:
    """Return a default as it would stand in the file."""
    if "$ref" in schema:
        return _written(value, types[schema["$ref"].removeprefix(_REF)], types)
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {
            key: _written(each, properties[key], types)
            for key, each in value.items()
            if each is not None
        }
    for choice in (schema, *schema.get("anyOf", ())):
        if write := written.writer_for(choice.get("pattern", "")):
            return write(value)
    return value


def _part(whole: Schema, objects: set[str]) -> Schema:
    """Return a type's twin: nothing is asked for, and null takes away what may be missing."""
    part = deepcopy(whole)
    required = part.pop("required", ())
    for schema in _outside_lists(part):
        schema.pop("default", None)
        schema.pop("minProperties", None)
        if schema.get("$ref", "").removeprefix(_REF) in objects:
            schema["$ref"] += PART
        for key, each in schema.get("patternProperties", {}).items():
            schema["patternProperties"][key] = _or_null(each)
    properties = part.get("properties", {})
    part["properties"] = {
        key: each if key in required else _or_null(each) for key, each in properties.items()
    }
    return part


def _or_null(schema: Schema) -> Schema:
    """Let a value be taken away, so that its default counts."""
    if {"type": "null"} in schema.get("anyOf", ()):
        return schema
    description = {"description": schema["description"]} if "description" in schema else {}
    return {**description, "anyOf": [schema, {"type": "null"}]}


def _outside_lists(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and those in it that are merged; lists are replaced as they are."""
    yield schema
    named = schema.get("patternProperties", {}).values()
    choices = [choice for each in named for choice in each.get("anyOf", [each])]
    below = [*schema.get("anyOf", ()), *schema.get("properties", {}).values(), *choices]
    for each in below:
        yield from _outside_lists(each)


def _open_file(types: dict[str, Schema]) -> None:
    """Add what a file has beside a platform: `extends` and `environments`."""
    changes = deepcopy(types[WHOLE + PART])
    for key in overlay.FIXED:
        changes["properties"].pop(key, None)
    changes["description"] = "What is different in one environment."
    types["Changes"] = changes
    own = {
        extend.KEY: {
            "type": "string",
            "examples": [extend.WORD],
            "description": f"A file that this one builds on, or `{extend.WORD}`.",
        },
        overlay.KEY: {
            "type": "object",
            "description": "What is different in each environment; `local` runs on one machine.",
            "additionalProperties": {"anyOf": [{"$ref": f"{_REF}Changes"}, {"type": "null"}]},
        },
    }
    for name in (WHOLE, WHOLE + PART):
        types[name]["properties"] = {**types[name]["properties"], **own}


def _used(schema: Any, types: dict[str, Schema], found: frozenset[str] = frozenset()) -> set[str]:
    """Return the names of the types that a schema leads to."""
    names = set(found)
    for each in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(each, str) and each.startswith(_REF):
            name = each.removeprefix(_REF)
            if name not in names:
                names |= {name} | _used(types[name], types, frozenset(names | {name}))
        elif isinstance(each, dict | list):
            names |= _used(each, types, frozenset(names))
    return names
