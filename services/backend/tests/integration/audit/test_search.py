"""One event with all that is known of it, and whose it is."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from groundplan_backend.audit import schemas
from groundplan_backend.audit.search import Search
from groundplan_backend.errors import InvalidRequest, NotFound
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.settings import Secret


@pytest.fixture
def search(record: Any) -> Iterator[Search]:
    """A search of this test's record."""
    return Search(record.pool, Cursors(Secret("k")), record.signer)


async def test_one_event_is_shown_with_before_after_and_seal(record: Any, search: Search) -> None:
    """As it was recorded."""
    await record.add(1)
    (listed,) = (await search.page(schemas.EventQuery())).items
    found = await search.one(listed.id)
    assert ({"n": 0}, {"a": 1}, {"a": 2}, 1, True, True) == (
        found.detail,
        found.before,
        found.after,
        found.position,
        found.signed,
        found.genuine,
    )


async def test_an_event_that_was_changed_is_not_called_genuine(
    record: Any, search: Search
) -> None:
    """Whoever looks at it sees so, without waiting for a pass."""
    await record.add(1)
    await record.run("UPDATE audit.event SET target = 'other'")
    (listed,) = (await search.page(schemas.EventQuery())).items
    assert not (await search.one(listed.id)).genuine


async def test_an_actors_address_finds_what_was_recorded_by_id(
    record: Any, search: Search
) -> None:
    """And what was recorded by the address, as a refused sign-in is."""
    (user,) = await record.run("SELECT id::text, email FROM users")
    await record.add(1, who=user["id"])
    await record.add(1, who=user["email"])
    await record.add(1, who="somebody else")
    found = await search.page(schemas.EventQuery(actor=user["email"].upper()))
    assert [user["id"]] == [one.actor for one in found.items]
    found = await search.page(schemas.EventQuery(actor=user["email"]))
    assert {user["id"], user["email"]} == {one.actor for one in found.items}
    assert user["email"] in {one.actor_name for one in found.items}


async def test_what_is_not_there_is_not_found(search: Search) -> None:
    """Neither an event nor a page of another list."""
    with pytest.raises(NotFound):
        await search.one(uuid.uuid4())
    foreign = Cursors(Secret("k")).write("users", "x")
    with pytest.raises(InvalidRequest):
        await search.page(schemas.EventQuery(after=foreign))
