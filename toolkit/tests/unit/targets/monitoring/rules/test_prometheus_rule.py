"""Rules as objects of the operator: strict schema, same content."""

import json
from collections.abc import Callable
from pathlib import Path

import yaml
from jsonschema.validators import validator_for

from groundplan.cli.render import place
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import rules
from groundplan.targets.monitoring.rules import prometheus_rule

SCHEMA = Path(__file__).parents[4] / "schemas/monitoring.coreos.com/prometheusrule_v1.json"


def test_every_object_is_a_prometheus_rule(platform_with: Callable[[str], Platform]) -> None:
    """The operator knows every field, and a misspelt one is found."""
    platform = platform_with("")
    schema = json.loads(SCHEMA.read_text())
    judge = validator_for(schema)(schema)
    found = prometheus_rule.objects(platform, place(platform, "prod"))
    for each in found:
        judge.validate(json.loads(json.dumps(each)))
    found[0]["spec"]["groups"][0]["rules"][0]["exrp"] = "1"
    assert not judge.is_valid(json.loads(json.dumps(found[0])))


def test_objects_say_what_the_plain_files_say(platform_with: Callable[[str], Platform]) -> None:
    """One object a file, with the same groups."""
    platform = platform_with("")
    placement = place(platform, "prod")
    plain = [yaml.safe_load(file.content)["groups"] for file in rules.render(platform, placement)]
    objects = prometheus_rule.objects(platform, placement)
    assert plain == [json.loads(json.dumps(each["spec"]["groups"])) for each in objects]
