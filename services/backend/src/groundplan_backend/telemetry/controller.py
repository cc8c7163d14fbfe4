"""Routes of telemetry as a whole: how it stands, and the runbooks."""

from typing import Final

from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.telemetry import schemas
from groundplan_backend.telemetry.condition import ConditionService
from groundplan_backend.telemetry.runbooks import Runbooks
from groundplan_contracts.identity import Role

_PREFIX: Final = "/api/v1/telemetry"


class TelemetryController:
    """Answers for `/api/v1/telemetry/state` and `runbooks`."""

    def __init__(self, condition: ConditionService, runbooks: Runbooks) -> None:
        self._condition = condition
        self._runbooks = runbooks

    @operation(
        "GET",
        f"{_PREFIX}/state",
        "Read how telemetry stands",
        role=Role.VIEWER,
        answer=schemas.TelemetryState,
    )
    async def read_telemetry_state(self, exchange: Exchange) -> Reply:
        """Read who answers, what was lost and who is silent; answers when telemetry does not."""
        return reply.json(await self._condition.state())

    @operation(
        "GET",
        f"{_PREFIX}/runbooks",
        "List the runbooks",
        role=Role.VIEWER,
        answer=schemas.RunbookPage,
    )
    async def list_runbooks(self, exchange: Exchange) -> Reply:
        """List them by name."""
        return reply.json(self._runbooks.page())

    @operation(
        "GET",
        f"{_PREFIX}/runbooks/{{runbook:str}}",
        "Read a runbook",
        role=Role.VIEWER,
        forms={"runbook": "^[A-Za-z0-9][A-Za-z0-9-]{0,99}$"},
        answer=schemas.Runbook,
    )
    async def read_runbook(self, exchange: Exchange, runbook: str) -> Reply:
        """Read one, in Markdown."""
        return reply.json(self._runbooks.one(runbook))
