"""docs/reference/platform-yaml.md: every field of the file, from its schema."""

from collections.abc import Iterator
from typing import Any, Final

from groundplan.formats import yaml
from groundplan.loader import schema
from groundplan.model import network, quantity

_REF: Final = "#/$defs/"
_HEAD: Final = """\
# platform.yaml, field by field

Made from the code by `./run schema --markdown`; change the docstrings of
`toolkit/src/groundplan/model/` instead of this page. Editors read the same from
[platform.schema.json](platform.schema.json), which `./run schema` prints.

How to read a type: durations are written `25ms`, `10s`, `5m`, `8h` or `30d`; sizes `64Ki`,
`256Mi`, `20Gi` or `1Ti`; CPU in thousandths of a core, `250m`; shares `20%`; ranges `60-70%`;
rates `10000/min` or `50000/s`; bandwidth `100MB/s` or `1Gbps`; networks `10.0.0.0/16`. Text that
looks like a number is quoted: `version: "1.36"`. Words are YAML 1.2's: only `true` and `false` are
booleans; `yes` and `on` are text.

`extends` lays this file over another: mappings merge, lists and values replace, and `null` takes a
key away. `environments` does the same once more for the environment that is loaded. Both happen
before anything is checked, so a rule is asked about the result.

Routes of your own services begin with `/api/` and a word of yours, `/api/orders`; `/api/v1` and
`/api/docs` are the backend's, everything outside `/api` is the console's. The gateway calls every
service that has routes, without being told.
"""
_QUANTITIES: Final = {
    quantity.DURATION: "duration",
    quantity.SIZE: "size",
    quantity.BANDWIDTH: "bandwidth",
    quantity.CPU: "CPU",
    quantity.SHARE: "share",
    quantity.RANGE: "range of shares",
    quantity.RATE: "rate",
    network.CIDR_PATTERN: "network",
}


def build() -> str:
    """Return the page."""
    document = schema.build()
    types = document["$defs"]
    lines = [_HEAD]
    for name in _in_order(types):
        lines += _section(name, types)
    return "\n".join(lines).rstrip() + "\n"


def _in_order(types: dict[str, Any]) -> Iterator[str]:
    """Yield the types in the order in which a reader of the file meets them."""
    seen = [schema.WHOLE]
    for name in seen:
        yield name
        found = (_object(each, types) for each in _mapping(types[name])["properties"].values())
        seen += [each for each in dict.fromkeys(filter(None, found)) if each not in seen]


def _object(of: dict[str, Any], types: dict[str, Any]) -> str:
    """Return the name of the type with properties that a field leads to, or nothing."""
    for each in (of, of.get("items"), *of.get("patternProperties", {}).values()):
        for choice in (each, *each.get("anyOf", ())) if each else ():
            name = choice.get("$ref", "").removeprefix(_REF)
            if name and "properties" in _mapping(types[name]):
                return str(name)
    return ""


def _mapping(of: dict[str, Any]) -> dict[str, Any]:
    """Return the form of a type that has properties, where it has several forms."""
    return next((each for each in of.get("anyOf", ()) if "properties" in each), of)


def _section(name: str, types: dict[str, Any]) -> Iterator[str]:
    of = _mapping(types[name])
    required = of.get("required", ())
    yield f"## {name}\n\n{of['description']}\n"
    yield "| Key | Type | Default | Meaning |\n|---|---|---|---|"
    for key, field in of["properties"].items():
        default = "required" if key in required else _default(field, types)
        meaning = _meaning(field, types).replace("\n", " ")
        yield f"| `{key}` | {_type(field, types)} | {default} | {meaning} |"
    yield ""


def _meaning(field: dict[str, Any], types: dict[str, Any]) -> str:
    """Return a field's own words, else those of its type, which pydantic does not repeat."""
    type_ = types.get(field.get("$ref", "").removeprefix(_REF), {})
    return str(field.get("description") or type_["description"])


def _default(field: dict[str, Any], types: dict[str, Any]) -> str:
    value = field.get("default")
    if isinstance(value, dict):
        asked_for = types[field["$ref"].removeprefix(_REF)].get("required")
        return f"`{_flow(value)}`" if asked_for else "see there"
    return f"`{yaml.dump(value).strip()}`" if value not in (None, "", []) else ""


def _flow(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return yaml.dump(value).strip()


def _type(of: dict[str, Any], types: dict[str, Any]) -> str:
    if name := _object(of, types):
        link = f"[{name}](#{name.lower()})"
        if "items" in of:
            return f"list of {link}"
        return f"named {link}" if "patternProperties" in of else link
    if "$ref" in of:
        return _type(types[of["$ref"].removeprefix(_REF)], types)
    if "anyOf" in of:
        return _type(of["anyOf"][0], types)
    return _plain_type(of, types)


def _plain_type(of: dict[str, Any], types: dict[str, Any]) -> str:
    if "enum" in of or "const" in of:
        return " or ".join(f"`{word}`" for word in of.get("enum", [of.get("const")]))
    if "items" in of:
        return f"list of {_type(of['items'], types)}"
    if of.get("pattern") in _QUANTITIES:
        return _QUANTITIES[of["pattern"]]
    words = {"integer": "whole number", "boolean": "true or false", "string": "text"}
    return words.get(of.get("type", ""), "mapping") + _bounds(of)


def _bounds(of: dict[str, Any]) -> str:
    low, high = of.get("minimum"), of.get("maximum")
    return f", {low} to {high}" if low is not None and high is not None else ""
