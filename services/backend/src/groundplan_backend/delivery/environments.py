"""The environments that there are and how many approvals each asks for, from the catalog."""

from typing import Final

import msgspec

from groundplan_backend.catalog.service import CatalogService
from groundplan_backend.errors import InvalidRequest
from groundplan_contracts.problem import FieldError

PRODUCTION: Final = "prod"


class _Environment(msgspec.Struct):
    name: str
    approvals: int | None = None


class _Page(msgspec.Struct):
    items: list[_Environment]


class Environments:
    """What the catalog says, by name in the file's order."""

    def __init__(self, catalog: CatalogService) -> None:
        self._catalog = catalog

    async def approvals(self) -> dict[str, int]:
        """Return how many approvals each environment asks for."""
        answer = await self._catalog.environments(fresh=False)
        page = msgspec.json.decode(answer.body, type=_Page)
        return {one.name: _asked(one) for one in page.items}

    async def approvals_of(self, environment: str) -> int:
        """Return how many approvals an environment asks for.

        Raises:
            InvalidRequest: there is no such environment.
        """
        known = await self.approvals()
        if environment not in known:
            names = ", ".join(known)
            fault = FieldError("environment", f"is none of {names}")
            raise InvalidRequest("the body is not as described", errors=[fault])
        return known[environment]


def _asked(environment: _Environment) -> int:
    """Never ask for nothing in production because a catalog of an older release says nothing."""
    if environment.approvals is None:
        return 1 if environment.name == PRODUCTION else 0
    return environment.approvals
