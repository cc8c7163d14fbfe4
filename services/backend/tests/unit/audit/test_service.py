import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from groundplan_backend.audit import service
from groundplan_backend.audit.service import LARGEST, Actor, Event
from groundplan_backend.audit.signing import Content, Signer
from groundplan_backend.settings import Secret

_ACTOR = Actor("ada", "1.2.3.4", "request-1", "trace-1")


class _Connection:
    def __init__(self) -> None:
        self.arguments: tuple[Any, ...] = ()

    async def execute(self, statement: str, *arguments: Any) -> None:
        self.arguments = arguments


@pytest.fixture
def connection() -> _Connection:
    """What was written last."""
    return _Connection()


@pytest.fixture(autouse=True)
def signer() -> Iterator[Signer]:
    """A key of this test's own; the process gets its own back."""
    before, made = service._Process.signer, Signer(Secret("k" * 64))
    service.sign_with(made)
    yield made
    service.sign_with(before)


async def test_an_event_says_who_what_whence_and_in_which_request(
    connection: _Connection, signer: Signer
) -> None:
    """And carries the proof of exactly that; a change carries what was before and after."""
    event = Event("user.update", "id", {"why": "x"}, {"role": "viewer"}, {"role": "operator"})
    await service.record(connection, _ACTOR, event)
    *fields, proof = connection.arguments
    content = Content(*fields)
    assert ("ada", "user.update", "id", "done") == content[2:6]
    assert ("1.2.3.4", "request-1", "trace-1") == content[9:]
    assert ({"role": "viewer"}, {"role": "operator"}) == (
        json.loads(content.before or ""),
        json.loads(content.after or ""),
    )
    assert signer.proof(content) == proof


async def test_text_of_clients_is_data(connection: _Connection) -> None:
    """Line breaks begin no new event, escapes colour no terminal, and NUL breaks no statement."""
    hostile = "a\nb\x1b[31m"
    await service.record(
        connection, Actor("a\0b", "", ""), Event("x", hostile, {"email": hostile})
    )
    content = Content(*connection.arguments[:12])
    assert "a\ufffdb" == content.actor
    assert not {"\n", "\x1b"} & set(content.detail)
    assert {"email": hostile} == json.loads(content.detail)


async def test_what_is_too_large_is_left_out_and_said_so(connection: _Connection) -> None:
    """Nobody fills the disk with one change."""
    await service.record(connection, _ACTOR, Event("x", "t" * 9999, {"text": "x" * LARGEST}))
    content = Content(*connection.arguments[:12])
    assert 512 == len(content.target)
    assert {"omitted": f"{LARGEST + 11} bytes"} == json.loads(content.detail)


async def test_values_that_are_no_json_are_written_as_text(connection: _Connection) -> None:
    """An id, a time or an object of ours never makes a change fail."""
    facts = {"id": UUID(int=1), "secret": Secret("x"), "roles": {"viewer"}}
    await service.record(connection, _ACTOR, Event("x", "y", facts))
    found = json.loads(Content(*connection.arguments[:12]).detail)
    assert (str(UUID(int=1)), "[redacted]", ["viewer"]) == tuple(found.values())
