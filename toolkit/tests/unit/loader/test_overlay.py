"""Environments."""

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import overlay, parse, tree

TEXT = "name: a\nx: {y: 1, z: 2}\nenvironments:\n  dev: {x: {y: 9}}\n  prod:\n"


def test_changes_are_laid_over_the_platform() -> None:
    """An environment changes what it names, and is itself no part of the platform."""
    root = parse.parse(TEXT, "p.yaml")
    assert {"name": "a", "x": {"y": 9, "z": 2}} == tree.plain(
        overlay.overlay(root, "dev").platform
    )
    assert {"name": "a", "x": {"y": 1, "z": 2}} == tree.plain(
        overlay.overlay(root, "prod").platform
    )


def test_local_is_always_there() -> None:
    """A file without environments runs on one machine."""
    assert ["local", "dev", "prod"] == overlay.names(parse.parse(TEXT, "p.yaml"))
    assert ["local"] == overlay.names(parse.parse("name: a\n", "p.yaml"))


@pytest.mark.parametrize(
    ("text", "environment", "words"),
    [
        (TEXT, "prd", "there is no environment `prd`; there are local, dev, prod"),
        ("a: 1\nenvironments: [dev]\n", "local", "must be a mapping of environments"),
        ("a: 1\nenvironments: {dev: 1}\n", "dev", "must be a mapping of changes"),
        ("a: 1\nenvironments: {dev: {name: b}}\n", "dev", "is the same in every environment"),
        ("a: 1\nenvironments: {../dev: {}}\n", "local", "must be a name"),
    ],
)
def test_refuses_what_is_no_environment(text: str, environment: str, words: str) -> None:
    """Each refusal says what is there, or what belongs there."""
    with pytest.raises(PlatformFileError, match=words):
        overlay.overlay(parse.parse(text, "p.yaml"), environment)
