"""Fixtures: a record of its own in a real database, that tests fill, change and look at."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from groundplan_backend.audit import service
from groundplan_backend.audit.anchors import Anchors
from groundplan_backend.audit.examination import Examination, Finding
from groundplan_backend.audit.sealer import Sealer
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.audit.signing import Signer
from groundplan_backend.objects.notes import FolderNotes
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret

KEY = Secret("c3" * 32)


class Record:
    """The audit record of one test."""

    def __init__(self, stack: Any, folder: Path) -> None:
        self.stack = stack
        self.signer = Signer(KEY)
        self.pool = Pool(Secret(stack.database_url), 4, 5000)
        self.sealer = Sealer(self.pool, self.signer)
        self.anchors = Anchors(FolderNotes(folder))

    async def add(self, number: int, who: str = "ada") -> None:
        """Record some events and seal them."""
        async with self.pool.transaction() as connection:
            for count in range(number):
                event = Event("thing.change", f"thing-{count}", {"n": count}, {"a": 1}, {"a": 2})
                await service.record(connection, Actor(who, "10.0.0.1", "request"), event)
        await self.sealer.seal()

    async def anchor(self) -> None:
        """Note the last link."""
        position, seal = self.sealer.seen
        await self.anchors.put(position, seal)

    async def run(self, statement: str, *arguments: object) -> list[Any]:
        """Do something to the record as a superuser."""
        found: list[Any] = await self.stack.fetch(statement, *arguments)
        return found

    async def age(self, by: timedelta = timedelta(hours=1)) -> None:
        """Make events that are not sealed older than they are, as their ids tell it."""
        await self.run(
            "UPDATE audit.event SET id = (lpad(to_hex((extract(epoch FROM at - $1::interval)"
            " * 1000)::bigint), 12, '0') || right(id::text, 23))::uuid"
            " WHERE NOT EXISTS (SELECT FROM audit.seal WHERE event = id)",
            by,
        )

    async def examine(self) -> Finding:
        """Look at everything."""
        return await Examination(self.pool, self.signer, self.anchors, self.sealer).run()


@pytest.fixture
async def record(
    stack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Record]:
    """An empty record, signed with a key that only this test knows."""
    made = Record(stack, tmp_path / "anchors")
    await made.run("TRUNCATE audit.event, audit.seal")
    monkeypatch.setattr(service._Process, "signer", made.signer)
    yield made
    await made.pool.close()
