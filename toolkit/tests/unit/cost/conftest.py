"""Bills of the reference with a few lines laid over it, on a day that is given."""

from collections.abc import Callable
from datetime import date

import pytest

from groundplan.cost import Bill, estimate

BillOf = Callable[..., Bill]


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day of the tests' bills."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def bill_of(platform_with, today) -> BillOf:
    """Return what estimates the reference in us-east-1 with a few lines of YAML."""

    def made(text: str = "", environment: str = "dev", day: date = today) -> Bill:
        return estimate(
            platform_with(text if "region:" in text else f"region: us-east-1\n{text}"),
            environment,
            day,
        )

    return made


@pytest.fixture(scope="session")
def cost_of(bill_of) -> Callable[..., tuple[float, float, float]]:
    """Return what gives one line's least, expected and most US dollars, rounded to cents."""

    def made(component: str, name: str, text: str = "", **more: date) -> tuple[float, ...]:
        (line,) = bill_of(text, **more).find([(component, name)])
        return tuple(
            round(each, 2) for each in (line.cost.low, line.cost.expected, line.cost.high)
        )

    return made
