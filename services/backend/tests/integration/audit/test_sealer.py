"""Events get their place in the chain right after they are committed, by one sealer at a time."""

import asyncio
from typing import Any

from groundplan_backend.audit import repository, service
from groundplan_backend.audit.sealer import BATCH, Sealer
from groundplan_backend.audit.service import Actor, Event


async def _positions(record: Any) -> list[int]:
    rows = await record.run("SELECT position FROM audit.seal ORDER BY position")
    return [row["position"] for row in rows]


async def test_more_than_a_batch_is_sealed_without_a_gap(record: Any) -> None:
    """All that waits is sealed at once, in the order of time."""
    await record.add(BATCH + 7)
    assert list(range(1, BATCH + 8)) == await _positions(record)
    rows = await record.run("SELECT event FROM audit.seal ORDER BY position")
    assert sorted(rows) == rows


async def test_many_sealers_and_writers_make_one_chain(record: Any) -> None:
    """Whoever does not get the lock leaves the work to the one that has it."""
    sealers = [Sealer(record.pool, record.signer) for _ in range(3)]

    async def write() -> None:
        for _ in range(20):
            async with record.pool.transaction() as connection:
                await service.record(connection, Actor("a", "", ""), Event("thing.change", "x"))

    async def seal(sealer: Sealer) -> None:
        for _ in range(20):
            await sealer.seal()

    await asyncio.gather(write(), write(), *(seal(one) for one in sealers))
    await record.sealer.seal()
    assert list(range(1, 41)) == await _positions(record)
    assert 0 == (await record.examine()).faults_total


async def test_an_event_that_is_committed_after_a_younger_one_is_sealed(record: Any) -> None:
    """A slow transaction loses its place in the order, not in the chain."""
    async with record.pool.transaction() as slow:
        await service.record(slow, Actor("slow", "", ""), Event("thing.change", "x"))
        await record.add(2)
    assert 1 == await record.sealer.seal()
    assert [1, 2, 3] == await _positions(record)
    assert 0 == (await record.examine()).faults_total


async def test_a_writer_does_not_wait_for_a_sealer_nor_a_sealer_for_a_writer(record: Any) -> None:
    """The lock of the chain is nowhere on the way of a change."""
    async with record.pool.transaction() as sealing, record.pool.transaction() as writing:
        assert await repository.lock(sealing)
        async with asyncio.timeout(2):
            await service.record(writing, Actor("a", "", ""), Event("thing.change", "x"))
            assert 0 == await record.sealer.seal()


async def test_what_somebody_else_signed_is_never_sealed(record: Any) -> None:
    """The backend's role may add rows; without the key they stay outside of the chain."""
    await record.add(1)
    await _insert(record, "sha256('x')")
    assert 0 == await record.sealer.seal()
    assert [1] == await _positions(record)


async def test_what_an_older_release_wrote_is_sealed_and_counted(record: Any) -> None:
    """It goes on writing by the old name during a release; it cannot be changed afterwards."""
    await record.add(1)
    await record.run(
        "INSERT INTO audit_event (actor, action, target, detail, address, request_id)"
        " VALUES ('ada', 'user.create', 'x', '{}', '', '')"
    )
    assert 1 == await record.sealer.seal()
    assert (0, 1) == (
        (finding := await record.examine()).faults_total,
        finding.unsigned,
    )
    await record.run("UPDATE audit.event SET actor = 'eve' WHERE proof IS NULL")
    assert "edited" == (await record.examine()).faults[0].kind


async def test_a_tail_that_is_cut_between_two_anchors_raises_an_alarm(record: Any) -> None:
    """A replica remembers what it has sealed, and says so in the record itself."""
    await record.add(4)
    await record.run("DELETE FROM audit.seal WHERE position > 2")
    await record.run("DELETE FROM audit.event WHERE id NOT IN (SELECT event FROM audit.seal)")
    await record.sealer.seal()
    assert ["tail_cut"] == await _alarms(record)


async def test_another_chain_of_the_same_length_raises_an_alarm(record: Any) -> None:
    """What stands at a place that was seen before must be what was seen."""
    await record.add(3)
    await record.run("UPDATE audit.seal SET seal = sha256(seal) WHERE position = 3")
    await record.sealer.seal()
    assert ["forked"] == await _alarms(record)


async def _insert(record: Any, proof: str) -> None:
    await record.run(
        "INSERT INTO audit.event (at, actor, action, target, address, request_id, proof)"
        f" VALUES (now(), 'eve', 'thing.change', 'x', '', '', {proof})"
    )


async def _alarms(record: Any) -> list[str]:
    rows = await record.run(
        "SELECT detail->>'kind' AS kind FROM audit.event WHERE action = 'audit.alarm'"
    )
    return [row["kind"] for row in rows]
