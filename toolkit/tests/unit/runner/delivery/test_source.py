"""What has code of its own can be released; what is configuration cannot, and is told why."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import UsageError
from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.runner.delivery import source

FOLDERS = Folders("/d", "/r", "/source")
OWN = """
services:
  shop: {kind: service, run: {directory: shop, asgi: "app:app"}, routes: [/api/shop]}
  plain: {kind: service, run: {command: [serve]}, routes: [/api/plain]}
"""


@pytest.fixture
def platform(platform_with: Any) -> Platform:
    """Return the reference with two services of a user's."""
    made: Platform = platform_with(OWN)
    return made


def test_a_users_service_is_its_folder(platform: Platform) -> None:
    """It counts from the platform file."""
    assert {"": Path("/source/shop")} == source.parts(platform, FOLDERS, "shop")


@pytest.mark.parametrize("name", ["backend", "authz"])
def test_our_own_are_packages_that_are_there(platform: Platform, name: str) -> None:
    """They come with the contracts, so that a version needs nothing beside it."""
    found = source.parts(platform, FOLDERS, name)
    assert "groundplan_contracts" in found
    assert all((folder / "__init__.py").is_file() for folder in found.values())


def test_what_can_be_released_is_listed(platform: Platform) -> None:
    """The gateway is configuration, and a service without a folder has no code of its own."""
    assert ["frontend", "authz", "backend", "shop"] == source.releasable(platform)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gateway", "all that it does stands in the platform file"),
        ("plain", r"services\.plain\.run\.directory is missing"),
        ("shoop", "there is no service shoop"),
    ],
)
def test_what_cannot_is_told_why(platform: Platform, name: str, reason: str) -> None:
    """The way out names those that can."""
    with pytest.raises(UsageError, match=f"(?s){reason}.*these can be released: frontend"):
        source.parts(platform, FOLDERS, name)
