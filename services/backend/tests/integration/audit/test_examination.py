"""A superuser of the database who lacks the key changes the record: what a pass finds of it."""

from typing import Any

import pytest

_LENGTH = 6


async def _first(record: Any) -> tuple[str, int | None]:
    finding = await record.examine()
    first = finding.faults[0]
    return first.kind, first.position


async def test_what_nobody_touched_is_sound(record: Any) -> None:
    """Every event was looked at, with and without anchors between them."""
    await record.add(3)
    await record.anchor()
    await record.add(700)
    finding = await record.examine()
    assert (703, 0, [], 0) == (
        finding.checked,
        finding.faults_total,
        finding.faults,
        finding.unsigned,
    )


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'eve'",
        "action = 'thing.keep'",
        "target = 'other'",
        "outcome = 'refused'",
        "detail = '{\"n\":9}'",
        "before = NULL",
        "after = '{}'",
        "address = ''",
        "request_id = 'x'",
        "trace_id = 'x'",
        "at = at + interval '1 microsecond'",
        "proof = sha256(proof)",
    ],
)
async def test_an_edited_field_is_found(record: Any, change: str) -> None:
    """Whichever it is; the first bad place is named and the others are good."""
    await record.add(3)
    await record.run(
        f"UPDATE audit.event SET {change} FROM audit.seal WHERE event = id AND position = 2"
    )
    finding = await record.examine()
    assert [("edited", 2)] == [(one.kind, one.position) for one in finding.faults]


@pytest.mark.parametrize("position", range(1, _LENGTH + 1))
async def test_an_edit_is_found_at_every_place(record: Any, position: int) -> None:
    """First, last or between."""
    await record.add(_LENGTH)
    await record.run(
        "UPDATE audit.event SET actor = 'eve' FROM audit.seal WHERE event = id AND position = $1",
        position,
    )
    assert ("edited", position) == await _first(record)


@pytest.mark.parametrize("position", range(1, _LENGTH + 1))
async def test_a_deleted_event_is_found_at_every_place(record: Any, position: int) -> None:
    """Its link tells that there was one."""
    await record.add(_LENGTH)
    await record.run(
        "DELETE FROM audit.event USING audit.seal WHERE event = id AND position = $1", position
    )
    assert ("deleted", position) == await _first(record)


@pytest.mark.parametrize("position", range(1, _LENGTH))
async def test_an_event_that_is_deleted_with_its_link_leaves_a_gap(
    record: Any, position: int
) -> None:
    """Also where the links behind it are moved up."""
    await record.add(_LENGTH)
    await _cut(record, position, position)
    assert ("deleted", position) == await _first(record)
    await record.run("UPDATE audit.seal SET position = position - 1 WHERE position > $1", position)
    assert ("reordered", position) == await _first(record)


@pytest.mark.parametrize("position", range(1, _LENGTH))
async def test_two_events_in_each_others_place_are_found(record: Any, position: int) -> None:
    """Both are genuine; their order is not."""
    await record.add(_LENGTH)
    both = "position IN ($1::int, $1 + 1)"
    await record.run(f"UPDATE audit.seal SET position = -position WHERE {both}", position)
    away = "UPDATE audit.seal SET position = 2 * $1::int + 1 + position WHERE position < 0"
    await record.run(away, position)
    assert ("reordered", position) == await _first(record)


async def test_an_event_that_is_put_between_is_found(record: Any) -> None:
    """Nobody without the key can link it."""
    await record.add(3)
    await record.run("UPDATE audit.seal SET position = position + 10 WHERE position > 1")
    await record.run("UPDATE audit.seal SET position = position - 9 WHERE position > 1")
    await _insert(record, "eve")
    await record.run(
        "INSERT INTO audit.seal SELECT 2, id, sha256('x') FROM audit.event WHERE actor = 'eve'"
    )
    assert ("edited", 2) == await _first(record)


@pytest.mark.parametrize(("proof", "kind"), [("NULL", "inserted"), ("sha256('x')", "forged")])
async def test_an_old_event_that_nobody_linked_is_found(
    record: Any, proof: str, kind: str
) -> None:
    """It was put there later than it says."""
    await record.add(3)
    await _insert(record, "eve", proof)
    await record.age()
    assert (kind, None) == await _first(record)


async def test_the_copy_of_a_genuine_event_is_found(record: Any) -> None:
    """A proof is good for one id."""
    await record.add(1)
    await record.run(
        "INSERT INTO audit.event (at, actor, action, target, detail, before, after, address,"
        " request_id, proof) SELECT at, actor, action, target, detail, before, after, address,"
        " request_id, proof FROM audit.event"
    )
    await record.age()
    assert ("forged", None) == await _first(record)


@pytest.mark.parametrize("kept", range(_LENGTH))
async def test_a_tail_that_was_cut_is_found_by_its_anchor(record: Any, kept: int) -> None:
    """However much of it is gone, also all."""
    await record.add(_LENGTH)
    await record.anchor()
    await _cut(record, kept + 1, _LENGTH)
    assert ("tail_cut", kept + 1) == await _first(record)


async def test_a_tail_that_was_never_anchored_can_be_cut_unseen(record: Any) -> None:
    """The limit that the explanation names: a pass knows only what was noted outside."""
    await record.add(3)
    await record.anchor()
    await record.add(2)
    await _cut(record, 4, 5)
    assert 0 == (await record.examine()).faults_total


async def test_a_record_that_went_on_from_a_copy_is_found(record: Any) -> None:
    """Each chain is sound by itself; the anchors know which one was there first."""
    await record.add(3)
    await record.anchor()
    await record.add(1, who="ada")
    await record.anchor()
    await _cut(record, 4, 4)
    await record.add(3, who="eve")
    assert ("forked", 4) == await _first(record)


async def test_a_genuine_event_that_came_late_gets_its_link_by_a_pass(record: Any) -> None:
    """It was committed long after younger ones; that is no fault of anybody."""
    await record.add(3)
    await record.run("DELETE FROM audit.seal WHERE position = 3")
    await _late(record)
    assert 0 == (await record.examine()).faults_total
    assert [3] == [row[0] for row in await record.run("SELECT count(*) FROM audit.seal")]


async def test_a_pass_leaves_time_for_many(record: Any) -> None:
    """More faults than are listed are counted."""
    await record.add(120)
    await record.run("UPDATE audit.event SET actor = 'eve'")
    finding = await record.examine()
    assert (120, 50) == (finding.faults_total, len(finding.faults))


async def _cut(record: Any, first: int, last: int) -> None:
    await record.run(
        "WITH gone AS (DELETE FROM audit.seal WHERE position BETWEEN $1 AND $2 RETURNING event)"
        " DELETE FROM audit.event USING gone WHERE id = gone.event",
        first,
        last,
    )


async def _insert(record: Any, actor: str, proof: str = "NULL") -> None:
    await record.run(
        "INSERT INTO audit.event (at, actor, action, target, address, request_id, proof)"
        f" VALUES (now(), $1, 'thing.change', 'x', '', '', {proof})",
        actor,
    )


async def _late(record: Any) -> None:
    """Sign an event of an hour ago, as a transaction that took so long would have left it."""
    from groundplan_backend.audit import repository
    from groundplan_backend.audit.signing import Content, new_id

    (row,) = await record.run("SELECT min(at) - interval '1 hour' AS at FROM audit.event")
    texts = ("ada", "thing.change", "x", "done", "{}", None, None, "", "", "")
    content = Content(new_id(row["at"]), row["at"], *texts)
    await record.run(
        "DELETE FROM audit.event WHERE NOT EXISTS (SELECT FROM audit.seal WHERE event = id)"
    )
    async with record.pool.transaction() as connection:
        await repository.insert(connection, content, record.signer.proof(content))
