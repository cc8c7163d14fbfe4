"""Configuration reaches pods as files, however large it is, and no secret is in it."""

import json
from dataclasses import replace

from groundplan.model.file import File
from groundplan.targets.kubernetes import configuration
from groundplan.targets.kubernetes.configuration import LARGEST, of_component, of_services


def test_files_go_to_whom_they_are_for(reference, placement):
    """A folder is its service's; the policy is the authorisation's, the catalog the backend's."""
    rendered = {
        "gateway": (File("gateway/envoy.json", "{}"), File("policy.json", "[]")),
        "frontend": (File("frontend/nginx.conf", "daemon off;"),),
    }
    found = of_services(reference, placement, rendered)
    assert {
        "frontend": ["nginx.conf"],
        "gateway": ["envoy.json"],
        "authz": ["policy.json"],
        "backend": ["catalog.json"],
    } == {name: list(each.files) for name, each in found.items()}
    assert "prod" == json.loads(found["backend"].files["catalog.json"])["platform"]["environment"]


def test_the_catalog_shows_every_environment(reference, placement):
    """As on one machine, so that they can be seen side by side; else the one that runs."""
    known = replace(placement, environments={"dev": reference, "prod": reference})
    shown = [
        json.loads(of_services(reference, where, {})["backend"].files["catalog.json"])
        for where in (known, placement)
    ]
    names = [[each["name"] for each in catalog["environments"]] for catalog in shown]
    assert [["dev", "prod"], ["prod"]] == names


def test_a_digest_follows_every_file():
    """Another text or another name gives another digest; the same files give the same."""
    first = of_component("a", {"x": "1"}).digest
    assert first == of_component("b", {"x": "1"}).digest
    assert 3 == len(
        {first, of_component("a", {"x": "2"}).digest, of_component("a", {"y": "1"}).digest}
    )


def test_one_map_holds_what_fits():
    """Small files stand as they were rendered."""
    text = '{\n  "a": 1\n}\n'
    assert {"a-configuration": {"x.json": text}} == of_component("a", {"x.json": text}).maps


def test_large_files_are_cut_and_lose_nothing():
    """No map is too large, and the pieces in order are the file."""
    content = {"names": [f"service-{number}" for number in range(200_000)]}
    found = of_component("a", {"x.json": json.dumps(content, indent=2), "y.conf": "keep  this"})
    assert found.is_cut("x.json")
    assert not found.is_cut("y.conf")
    assert {"a-configuration", "a-configuration-2"} <= set(found.maps)
    assert all(sum(map(len, data.values())) <= LARGEST for data in found.maps.values())
    together = {name: text for data in found.maps.values() for name, text in data.items()}
    pieces = [together[name] for name in sorted(together) if name.startswith("x.json.")]
    assert content == json.loads("".join(pieces))
    assert "keep  this" == together["y.conf"]


def test_large_text_beyond_ascii_is_cut_between_characters():
    """A piece is bounded in bytes, not in characters."""
    found = of_component("a", {"x.txt": "€" * LARGEST})
    assert all(
        sum(len(text.encode()) for text in data.values()) <= LARGEST
        for data in found.maps.values()
    )


def test_a_map_belongs_to_its_component(reference, placement):
    """Its labels say to whom it belongs."""
    found = of_component("backend", {"x": "1"})
    (made,) = configuration.config_maps(reference, placement, "backend", found)
    assert ("backend-configuration", {"x": "1"}) == (made.metadata.name, made.data)
    assert "backend" == made.metadata.labels["app.kubernetes.io/name"]
