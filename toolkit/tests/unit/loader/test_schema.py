"""The JSON Schema of the file."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from groundplan.formats import json as json_format
from groundplan.loader import extend, parse, schema, tree

ROOT = Path(__file__).parents[4]
SCHEMA = schema.build()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def plain(path: Path) -> Any:
    """Return a file's values as our reader reads them."""
    return tree.plain(parse.parse(path.read_text(), path.name))


def test_is_a_schema() -> None:
    """It keeps the rules of its own dialect."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["platform.yaml", "examples/own-service/platform.yaml"])
def test_accepts_our_files(name: str) -> None:
    """What the loader accepts, editors do not underline."""
    assert [] == [error.message for error in VALIDATOR.iter_errors(plain(ROOT / name))]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("apiVersion",), "v2"),
        (("name",), "Big Name"),
        (("replicas",), 3),
        (("network", "zones"), "3"),
        (("network", "nat"), "one"),
        (("network", "cidr"), "10.0.0.0"),
        (("database", "backupDays"), 99),
        (("database", "statementTimeout"), 5),
        (("services", "backend", "replicas", "min"), 0),
        (("services", "backend", "kind"), "bakend"),
        (("services", "backend", "replica"), {}),
        (("services", "backend", "routes", 0, "auth"), "maybe"),
        (("services", "Backend"), {"kind": "backend"}),
        (("services", "backend", "resilience", "timeout"), "10"),
        (("environments", "dev", "network", "nat"), "one"),
        (("environments", "dev", "name"), "other"),
        (("environments", "dev", "unknown"), 1),
        (("objectives", "api", "availability"), "high"),
    ],
)
def test_rejects_mutants(path: tuple[Any, ...], value: object) -> None:
    """One wrong value in a fine file is enough, with and without `extends`."""
    whole = plain(ROOT / "platform.yaml")
    for file in (whole, {**whole, "extends": "reference"}):
        mutant = copy.deepcopy(file)
        at: Any = mutant
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        assert not VALIDATOR.is_valid(mutant)


def test_a_file_that_extends_may_leave_things_away() -> None:
    """`extends` asks for nothing else; without it everything is asked for."""
    part = {"extends": extend.WORD, "services": {"gateway": {"replicas": {"min": 1}}}}
    assert VALIDATOR.is_valid(part)
    assert not VALIDATOR.is_valid({key: part[key] for key in part if key != "extends"})
    assert VALIDATOR.is_valid({**part, "services": {"gateway": None}})


def test_every_field_says_what_it_means() -> None:
    """Editors show a description for every key, its own or its type's."""
    bare = []
    for name, of in SCHEMA["$defs"].items():
        for form in (of, *of.get("anyOf", ())):
            for key, field in form.get("properties", {}).items():
                named = field.get("$ref") or field.get("anyOf", [{}])[0].get("$ref", "")
                kind = SCHEMA["$defs"].get(named.rpartition("/")[2], {})
                if not (field.get("description") or kind.get("description")):
                    bare.append(f"{name}.{key}")
    assert [] == bare


def test_defaults_stand_as_people_write_them() -> None:
    """A default that an editor fills in is accepted by the schema itself."""
    types = SCHEMA["$defs"]
    assert "5s" == types["Database"]["properties"]["statementTimeout"]["default"]
    assert {"min": 2, "max": 10} == types["Service"]["properties"]["replicas"]["default"]
    resolver = jsonschema.Draft202012Validator
    for of in types.values():
        for field in of.get("properties", {}).values():
            if "default" in field:
                whole = {"$defs": types, **field}
                assert [] == list(resolver(whole).iter_errors(field["default"]))


def test_the_published_schema_is_current() -> None:
    """docs/reference/platform.schema.json is what `./run schema` prints."""
    published = (ROOT / "docs/reference/platform.schema.json").read_text()
    assert json_format.dump(SCHEMA) == published
    assert json.loads(published)["$schema"] == schema.DIALECT
