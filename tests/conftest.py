"""Begins the one slow thing early: a simulated apply waits more than it works.

It is under way while the tests before it judge files, and none of them measures time. Where no
test of it is asked for, it is not begun.
"""

import tempfile
from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import terraform
from tests.cloud import apply
from tests.cloud.apply import UnderWay

STACK = Path(__file__).with_name("stack")
UNDER_WAY = pytest.StashKey[UnderWay]()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the apply before the first test of these folders that does not need quiet."""
    if item.path.is_relative_to(STACK):
        return
    config = item.config
    asked_for = any("apply_under_way" in _fixtures(each) for each in item.session.items)
    if asked_for and UNDER_WAY not in config.stash and _can_apply():
        data = Path(tempfile.mkdtemp(prefix="groundplan-cloud-"))
        config.stash[UNDER_WAY] = apply.begin(data)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _can_apply() -> bool:
    try:
        return terraform.mirror(terraform.find()) is not None
    except ToolError:
        return False


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the apply and its simulator, and forget what they wrote."""
    if UNDER_WAY in session.config.stash:
        session.config.stash[UNDER_WAY].end()


@pytest.fixture(scope="session")
def apply_under_way(request: pytest.FixtureRequest) -> UnderWay:
    """Return the apply that was begun."""
    found = request.config.stash.get(UNDER_WAY, None)
    if found is None:
        pytest.skip("only elsewhere: no Terraform, or no mirror of the AWS provider, is here")
    return found
