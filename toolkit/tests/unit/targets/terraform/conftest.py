"""The reference with changes, as Terraform sees it."""

from collections.abc import Callable

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.terraform.stack import Stack

StackWith = Callable[..., Stack]


@pytest.fixture
def stack_with(platform_with: Callable[[str], Platform]) -> StackWith:
    """Return what makes the production environment of the reference with some lines changed."""

    def made(text: str = "") -> Stack:
        return Stack(platform_with(text), "prod")

    return made
