"""What each environment would cost at AWS, as plain values for the catalog."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from groundplan import cost
from groundplan.cost.document import document
from groundplan.errors import GroundplanError
from groundplan.model.platform import Platform

HERE: Final = "local"
"""The environment that runs on one machine and has no bill."""


def of(environments: Mapping[str, Platform], today: date) -> tuple[dict[str, Any], ...]:
    """Return a bill for each environment; one without prices says why it has none."""
    return tuple(
        _bill(name, platform, today) for name, platform in environments.items() if name != HERE
    )


def _bill(name: str, platform: Platform, today: date) -> dict[str, Any]:
    try:
        bill = cost.estimate(platform, name, today)
        savings = cost.savings(platform, bill, today)
    except GroundplanError as error:
        return {"environment": name, "estimate": None, "problem": error.message}
    return {"environment": name, "estimate": document(bill, savings), "problem": None}
