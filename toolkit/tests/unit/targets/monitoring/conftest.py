"""What tests of what watches share: a cluster to stand in, and judges of objects."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema.validators import validator_for

from groundplan.formats import yaml as written
from groundplan.model.placement import Placement, in_kubernetes
from groundplan.model.platform import STORES, Platform

SCHEMAS = Path(__file__).parents[3] / "schemas"
OLDEST = "1.28"


@pytest.fixture(scope="session")
def clustered() -> Callable[..., Placement]:
    """Return what places a platform in a cluster, in the environment prod."""

    def placed(platform: Platform, *, encrypted: bool = True) -> Placement:
        return in_kubernetes(
            (*platform.services, *STORES),
            namespace=platform.name,
            domain=platform.domain,
            environment="prod",
            encrypted=encrypted,
        )

    return placed


@pytest.fixture(scope="session")
def valid() -> Callable[[Iterable[dict[str, Any]]], dict[str, dict[str, Any]]]:
    """Return what gives objects by `Kind name` as a cluster reads them, if schemas allow them."""

    def judged(objects: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        found = [yaml.safe_load(written.dump(each)) for each in objects]
        for each in found:
            _judge(each)
        return {f"{each['kind']} {each['metadata']['name']}": each for each in found}

    return judged


def _judge(found: dict[str, Any]) -> None:
    group, _, version = found["apiVersion"].rpartition("/")
    file = SCHEMAS / group / f"{found['kind'].lower()}_{version}.json"
    if group and file.is_file():
        schema = json.loads(file.read_text())
        validator_for(schema)(schema).validate(found)
    else:
        kubernetes_validate.validate(found, OLDEST, strict=True)


COLLECTOR = Path(__file__).parents[3] / "collector" / "schema.json"


@pytest.fixture(scope="session")
def collectable() -> Callable[[dict[str, Any]], list[str]]:
    """Return what tells what is wrong with a collector's configuration, by schema and by names."""
    schema = json.loads(COLLECTOR.read_text())

    def judged(config: dict[str, Any]) -> list[str]:
        plain = yaml.safe_load(written.dump(config))
        errors = validator_for(schema)(schema).iter_errors(plain)
        return [*(f"{each.json_path}: {each.message}" for each in errors), *_dangling(plain)]

    return judged


def _dangling(config: dict[str, Any]) -> list[str]:
    """Return what a service names and nothing defines, and what is defined for nobody."""
    named = {"extensions": set(config["service"].get("extensions", ()))}
    for way in config["service"]["pipelines"].values():
        for kind in ("receivers", "processors", "exporters"):
            named.setdefault(kind, set()).update(way.get(kind, ()))
    return [
        f"{kind}: {name}"
        for kind, names in named.items()
        for name in sorted(names ^ set(config.get(kind, {})))
    ]
