"""What the model's JSON Schema says about the value at a path."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from groundplan.loader.tree import Path
from groundplan.model import written
from groundplan.model.platform import Platform

Schema = Mapping[str, Any]


@cache
def schema() -> Schema:
    """Return the JSON Schema of a whole platform."""
    return Platform.model_json_schema(by_alias=True)


def known_keys(path: Path) -> list[str]:
    """Return the keys that the mapping at a path may have."""
    return list(_mapping(path).get("properties", {}))


def expectation(path: Path) -> str:
    """Return in a few words what belongs at a path, or nothing."""
    found = next(iter(_at(path)), {})
    if "enum" in found:
        return f"one of {', '.join(map(str, found['enum']))}"
    if "const" in found:
        return f"`{found['const']}`"
    if "description" in found:
        return str(found["description"]).split("\n")[0].rstrip(".")
    return f"for example `{found['examples'][0]}`" if "examples" in found else ""


def writer(path: Path) -> Callable[[Any], str] | None:
    """Return what writes the quantity at a path as the file does, if it is one."""
    patterns = (str(found.get("pattern", "")) for found in _at(path))
    return next(filter(None, map(written.writer_for, patterns)), None)


def _mapping(path: Path) -> Schema:
    return next((found for found in _at(path) if "properties" in found), {})


def _at(path: Path) -> list[Schema]:
    found = list(_choices(schema()))
    for step in path:
        found = [choice for each in found for below in _below(each, step) for choice in below]
    return found


def _below(of: Schema, step: str | int) -> Iterator[Iterator[Schema]]:
    if isinstance(step, int):
        if "items" in of:
            yield _choices(of["items"])
    elif step in of.get("properties", {}):
        yield _choices(of["properties"][step])
    elif isinstance(of.get("additionalProperties"), Mapping):
        yield _choices(of["additionalProperties"])
    elif "patternProperties" in of:
        for each in of["patternProperties"].values():
            yield _choices(each)


def _choices(of: Schema) -> Iterator[Schema]:
    if "$ref" in of:
        name = of["$ref"].rsplit("/", 1)[-1]
        yield from _choices(schema()["$defs"][name])
    elif "anyOf" in of:
        for each in of["anyOf"]:
            yield from _choices(each)
    else:
        yield of
