import json
from typing import Any

from groundplan_backend.audit import service
from groundplan_backend.audit.service import Actor, Event


class _Connection:
    def __init__(self) -> None:
        self.arguments: tuple[Any, ...] = ()

    async def execute(self, statement: str, *arguments: Any) -> None:
        self.arguments = arguments


async def test_an_event_says_who_what_whence_and_in_which_request() -> None:
    """Text of clients is data in it: line breaks cannot begin a new event."""
    connection = _Connection()
    actor = Actor("ada", "1.2.3.4", "request-1")
    await service.record(connection, actor, Event("user.create", "id", {"email": "a\nb"}))
    subject, action, target, detail, address, request = connection.arguments
    assert ("ada", "user.create", "id") == (subject, action, target)
    assert ("1.2.3.4", "request-1") == (address, request)
    assert "\n" not in detail
    assert {"email": "a\nb"} == json.loads(detail)
