"""Key rotation with a repository in memory; the clock is moved by moving the keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.identity import repository
from groundplan_backend.identity.keys import PUBLISH_AHEAD, KeyRing
from groundplan_backend.settings import Secret

_DAY = 86_400


class _Pool:
    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        yield None


class _Table:
    """The table of signing keys."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.free = True

    async def list_keys(self, _: Any) -> list[dict[str, Any]]:
        return list(self.rows)

    async def insert_key(self, _: Any, kid: str, sealed: bytes, signs_from: datetime) -> None:
        row = {"kid": kid, "sealed": sealed, "signs_from": signs_from, "holds": False}
        self.rows.append(row)

    async def delete_keys(self, _: Any, kids: list[str]) -> None:
        self.rows = [row for row in self.rows if row["kid"] not in kids]

    async def lock_keys(self, _: Any) -> bool:
        return self.free

    def age(self, **by: float) -> None:
        """Let time pass for the keys."""
        for row in self.rows:
            row["signs_from"] -= timedelta(**by)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> _Table:
    """An empty table in the repository's place."""
    made = _Table()
    for name in ("list_keys", "insert_key", "delete_keys", "lock_keys"):
        monkeypatch.setattr(repository, name, getattr(made, name))
    return made


def _ring(key: str = "ab" * 32) -> KeyRing:
    return KeyRing(_Pool(), Secret(key), rotation=_DAY, token_ttl=300)  # type: ignore[arg-type]


async def _kids(ring: KeyRing) -> list[str]:
    await ring.refresh()
    return [key.kid for key in ring.public().keys]


async def test_the_first_key_signs_at_once(table: _Table) -> None:
    """Nobody can sign in before there is one."""
    ring = _ring()
    with pytest.raises(DependencyUnavailable):
        ring.public()
    with pytest.raises(DependencyUnavailable):
        ring.signer()
    kids = await _kids(ring)
    assert [ring.signer().kid] == kids


async def test_who_finds_another_at_the_first_key_comes_again(table: _Table) -> None:
    """A replica without keys does not wait for its next turn; it fails, and is called again."""
    table.free = False
    with pytest.raises(DependencyUnavailable):
        await _ring().refresh()
    table.free = True
    assert 1 == len(await _kids(_ring()))


async def test_replicas_share_the_keys(table: _Table) -> None:
    """What one made the other opens, with the same key of the platform only."""
    one, other = _ring(), _ring()
    assert await _kids(one) == await _kids(other)
    with pytest.raises(InvalidTag):
        await _ring("cd" * 32).refresh()


async def test_a_new_key_is_published_long_before_it_signs(table: _Table) -> None:
    """Every verifier has seen it before the first token comes; then the old one still stands."""
    ring = _ring()
    (first,) = await _kids(ring)
    table.age(seconds=_DAY - PUBLISH_AHEAD + 1)
    ring = _ring()
    kids = await _kids(ring)
    assert (2, first) == (len(kids), kids[0])
    assert first == ring.signer().kid
    ahead = table.rows[1]["signs_from"] - datetime.now(UTC)
    assert timedelta(seconds=PUBLISH_AHEAD - 5) < ahead
    table.age(seconds=PUBLISH_AHEAD + 1)
    ring = _ring()
    assert kids == await _kids(ring)
    assert kids[1] == ring.signer().kid


async def test_an_old_key_stays_until_its_last_token_has_expired(table: _Table) -> None:
    """Tokens of 300 s, and a minute for clocks that differ."""
    await _ring().refresh()
    table.age(seconds=_DAY - PUBLISH_AHEAD + 1)
    await _ring().refresh()
    table.age(seconds=PUBLISH_AHEAD + 350)
    assert 2 == len(await _kids(_ring()))
    table.age(seconds=20)
    assert 1 == len(await _kids(_ring()))


async def test_a_key_that_a_live_api_token_needs_stays(table: _Table) -> None:
    """However old: it goes when the token has ended."""
    await _ring().refresh()
    table.age(seconds=2 * _DAY)
    await _ring().refresh()
    table.rows[0]["holds"] = True
    table.age(seconds=300 * _DAY)
    held = table.rows[0]["kid"]
    assert held in await _kids(_ring())
    ring = _ring()
    assert held in await _kids(ring)
    assert held == ring.named(held).kid
    table.rows[0]["holds"] = False
    assert held not in await _kids(ring)
    with pytest.raises(DependencyUnavailable):
        ring.named(held)


async def test_only_who_holds_the_lock_rotates(table: _Table) -> None:
    """Two replicas never make two keys at once."""
    await _ring().refresh()
    table.age(seconds=2 * _DAY)
    table.free = False
    assert 1 == len(await _kids(_ring()))
    table.free = True
    assert 2 == len(await _kids(_ring()))


async def test_keys_are_sealed(table: _Table) -> None:
    """What lies in the database opens for nobody else, and under no other name."""
    ring = _ring()
    await ring.refresh()
    assert b"PRIVATE" not in table.rows[0]["sealed"]
    table.rows[0]["kid"] = "renamed"
    with pytest.raises(InvalidTag):
        await _ring().refresh()
