"""What the real Envoy shows, against the registry of signals."""

from pathlib import Path

import yaml

REGISTRY = Path(__file__).parents[3] / "contracts/signals.yaml"
EVENTS = ("_xx", "envoy_http_lua_errors")
"""Endings of names that Envoy makes when something has happened for the first time."""


def shown(stack):
    """Return the type of everything that Envoy shows, by name."""
    text = stack.get("/stats/prometheus", port=stack.statistics_port).body.decode()
    lines = (line.split() for line in text.splitlines() if line.startswith("# TYPE "))
    return {name: kind for _, _, name, kind in lines}


def test_what_envoy_shows_is_listed_and_what_is_listed_is_shown(stack):
    """A statistic that is kept stands in the registry with its type, and the other way round."""
    listed = yaml.safe_load(REGISTRY.read_text())["others"]["gateway"]
    stack.get("/api/v1/catalog/services", token=stack.issuer.token())
    found = shown(stack)
    assert set() == found.keys() - listed.keys()
    gone = {name for name in listed.keys() - found.keys() if not name.endswith(EVENTS)}
    assert set() == gone
    assert {} == {name: kind for name, kind in found.items() if kind != listed[name]["type"]}
