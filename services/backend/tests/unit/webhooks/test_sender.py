"""When an attempt is made again."""

from datetime import UTC, datetime, timedelta

import pytest

from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret
from groundplan_backend.webhooks.address import Addresses
from groundplan_backend.webhooks.sender import PAUSES, Sender, next_attempt
from groundplan_backend.webhooks.signature import Secrets


@pytest.mark.parametrize(("attempts", "pause"), [(1, 5), (2, 15), (7, 3600), (50, 3600)])
def test_pauses_grow_to_an_hour(attempts: int, pause: int) -> None:
    """Each pause is its own, give or take a fifth, so that retries do not march in step."""
    now = datetime.now(UTC)
    row = {"attempts": attempts, "tried_from": now}
    found = next_attempt(row)
    assert found is not None
    assert pause * 0.79 < (found - now).total_seconds() < pause * 1.21
    assert pause in PAUSES


def test_after_a_day_it_is_given_up() -> None:
    """Counted from the first try, or from when somebody asked for another."""
    before = datetime.now(UTC) - timedelta(days=1, minutes=1)
    assert next_attempt({"attempts": 30, "tried_from": before}) is None


async def test_a_name_that_changes_its_mind_is_judged_at_every_attempt() -> None:
    """A name that was outside when it was written down, and is inside now, gets nothing."""

    async def resolve(host: str, port: int) -> list[str]:
        return ["8.8.8.8", "169.254.169.254"]

    secrets = Secrets(Secret("b2" * 32))
    _, sealed = secrets.make("one")
    row = {"id": 1, "type": "x.y", "body": b"{}", "webhook": "one", "sealed": sealed}
    pool = Pool(Secret("postgresql://nowhere"), 1, 1)
    sender = Sender(pool, Metrics(), Addresses("", resolve), secrets)
    status, problem = await sender.attempt({**row, "url": "https://hooks.example/"})
    assert status is None
    assert "the address is refused: 169.254.169.254" in (problem or "")
