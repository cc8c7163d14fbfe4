"""Searches that are there from the first day."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import saved

Found = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any]) -> Found:
    """Return the saved objects by type and id."""
    lines = saved.searches(reference, clustered(reference)).splitlines()
    made = [json.loads(line) for line in lines]
    keyed = {(each["type"], each["id"]): each for each in made}
    assert len(made) == len(keyed)
    return keyed


def test_every_reference_leads_somewhere(found: Found) -> None:
    """A search without its data view would not open."""
    for each in found.values():
        for reference in each["references"]:
            assert (reference["type"], reference["id"]) in found
        if each["type"] == "search":
            source = json.loads(each["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
            assert source["indexRefName"] in {one["name"] for one in each["references"]}


def test_what_is_asked_first_is_there(found: Found, reference: Platform) -> None:
    """Errors, slow and failed requests, dead letters, and the lines of each service."""
    wanted = {"errors", "slow-requests", "failed-requests", "dead-letters"}
    wanted |= {f"of-{name}" for name in reference.services}
    assert {("search", f"search-{name}") for name in wanted} <= set(found)


def test_slow_is_what_the_file_calls_slow(
    platform_with: Callable[[str], Platform], clustered: Callable[..., Any]
) -> None:
    """In nanoseconds, as the field counts them."""
    platform = platform_with("observability: {traces: {slow: 250ms}}")
    assert "event.duration >= 250000000" in saved.searches(platform, clustered(platform))
