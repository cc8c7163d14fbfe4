"""The route for Alertmanager, which shows a key of its own instead of a person's session."""

import hmac
from typing import Final

from groundplan_backend.errors import InvalidKey
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.incidents.intake_service import IntakeService
from groundplan_backend.incidents.notice import AlertNotice
from groundplan_backend.settings import Secret

_BEARER: Final = b"Bearer "


class IntakeController:
    """Answers for `/api/v1/incidents/alertmanager`; without a key nobody is let in."""

    def __init__(self, service: IntakeService, key: Secret | None) -> None:
        self._service = service
        self._key = key.reveal().encode() if key else None

    @operation(
        "POST",
        "/api/v1/incidents/alertmanager",
        "Take what Alertmanager sends",
        status=202,
        body=AlertNotice,
        errors=(InvalidKey,),
        reads={"Authorization": "`Bearer` and the key that was agreed with Alertmanager."},
    )
    async def receive_alerts(self, exchange: Exchange, body: AlertNotice) -> Reply:
        """Open, change and close incidents; the same notice twice changes nothing."""
        self._check(exchange.headers.get(b"authorization", b""))
        await self._service.take(body)
        return reply.accepted()

    def _check(self, shown: bytes) -> None:
        if self._key is None or not shown.startswith(_BEARER):
            raise InvalidKey("show the key of alerts")
        if not hmac.compare_digest(shown.removeprefix(_BEARER), self._key):
            raise InvalidKey("show the key of alerts")
