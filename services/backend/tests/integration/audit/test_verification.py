"""Whether the record is sound is known by every replica, and cannot be told by anybody else."""

from typing import Any

import pytest

from groundplan_backend.audit.service import Actor
from groundplan_backend.audit.verification import Verifier

_NOBODY = Actor("backend", "", "")


@pytest.fixture
def verifier(record: Any) -> Verifier:
    """One replica's."""
    return Verifier(record.pool, record.signer, record.sealer, record.anchors)


@pytest.fixture
def other(record: Any) -> Verifier:
    """Another replica's, on the same database."""
    return Verifier(record.pool, record.signer, record.sealer, record.anchors)


async def test_before_any_pass_nothing_is_claimed(verifier: Verifier) -> None:
    """Unknown is not sound."""
    found = await verifier.state()
    assert ("unknown", None, None, None) == (
        found.state,
        found.checked_at,
        found.head,
        found.anchor,
    )


async def test_what_one_replica_found_all_of_them_tell(
    record: Any, verifier: Verifier, other: Verifier
) -> None:
    """Sound or broken, with the places; and a pass is due for none of them then."""
    await record.add(5)
    await verifier.verify(_NOBODY)
    assert ("sound", 5) == ((found := await other.state()).state, found.checked)
    await record.run("UPDATE audit.event SET actor = 'eve' WHERE target = 'thing-2'")
    await other.verify_when_due()
    assert "sound" == (await other.state()).state
    await other.verify(_NOBODY)
    found = await verifier.state()
    assert ("broken", 1, "edited", 3) == (
        found.state,
        found.faults_total,
        found.faults[0].kind,
        found.faults[0].position,
    )


async def test_the_first_pass_is_due_at_once(record: Any, verifier: Verifier) -> None:
    """A fresh platform does not wait an hour."""
    await record.add(1)
    await verifier.verify_when_due()
    assert "sound" == (await verifier.state()).state


async def test_nobody_without_the_key_can_say_that_all_is_well(
    record: Any, verifier: Verifier
) -> None:
    """A pass that somebody invents is not believed."""
    await record.run(
        "INSERT INTO audit.event (at, actor, action, target, detail, address, request_id)"
        " VALUES (now(), 'backend', 'audit.verify', 'audit', '{\"checked\": 1, \"took_seconds\":"
        ' 0, "faults": [], "faults_total": 0, "unsigned": 0}\', \'\', \'\')'
    )
    assert "unknown" == (await verifier.state()).state


async def test_the_head_is_anchored_once_and_shown(
    record: Any, verifier: Verifier, other: Verifier
) -> None:
    """Again only when there is something new, by whichever replica."""
    await verifier.anchor()
    assert [] == await record.anchors.days()
    await record.add(3)
    for each in (verifier, other, verifier):
        await each.anchor()
    await record.add(1)
    await other.anchor()
    (day,) = await record.anchors.days()
    assert [3, 4] == [one.position for one in await record.anchors.of_day(day)]
    found = await verifier.state()
    assert found.anchor is not None
    assert found.head is not None
    assert (4, found.head.seal) == (found.anchor.position, found.anchor.seal)


async def test_a_record_that_was_cut_is_anchored_as_it_is(record: Any, verifier: Verifier) -> None:
    """What comes after the cut is evidence as well."""
    await record.add(3)
    await verifier.anchor()
    await record.run("DELETE FROM audit.seal WHERE position > 1")
    await verifier.anchor()
    (day,) = await record.anchors.days()
    assert [1, 3] == [one.position for one in await record.anchors.of_day(day)]


async def test_an_alarm_and_what_waits_are_shown(record: Any, verifier: Verifier) -> None:
    """A replica that misses what it has sealed says so at once, before any pass."""
    await record.add(3)
    assert (await verifier.state()).alarmed_at is None
    await record.run("DELETE FROM audit.seal WHERE position > 2")
    assert 1 == (await verifier.state()).waiting
    await record.sealer.seal()
    assert (await verifier.state()).alarmed_at is not None


async def test_a_superusers_record_is_not_called_protected(verifier: Verifier) -> None:
    """Whoever runs without accounts of its own is told so."""
    assert not (await verifier.state()).protected
