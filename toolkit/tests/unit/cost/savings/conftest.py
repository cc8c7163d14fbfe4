"""Cases in which savings are looked for."""

from collections.abc import Callable

import pytest

from groundplan.cost import estimate
from groundplan.cost.savings.saving import Case, Use


@pytest.fixture(scope="session")
def case_of(platform_with, today) -> Callable[..., Case]:
    """Return what makes a case of the reference in us-east-1 with a few lines of YAML."""

    def made(text: str = "", use: Use | None = None) -> Case:
        platform = platform_with(f"region: us-east-1\n{text}")
        return Case(platform, estimate(platform, "dev", today), today, use)

    return made
