"""Sends what is queued for webhooks, and tries again with growing pauses for a day.

Every replica sends; a delivery is taken for as long as an attempt may last, so that one that
dies with it costs a pause and nothing else. A receiver may get a delivery twice (its id stays
the same), never not at all.
"""

import asyncio
import random
import ssl
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.webhooks import repository
from groundplan_backend.webhooks.address import Addresses, AddressRefused
from groundplan_backend.webhooks.post import TIMEOUT, NoAnswer, post
from groundplan_backend.webhooks.signature import SIGNATURE, TIMESTAMP, Secrets, sign

PAUSES: Final = (5, 15, 60, 300, 900, 1800, 3600)
"""Seconds until the next attempt; the last one repeats."""
GIVE_UP_AFTER: Final = timedelta(days=1)
_IDLE: Final = 1.0
_AT_ONCE: Final = 16
_AT_ONCE_TO_ONE: Final = 4
_DELIVERY: Final = "x-groundplan-delivery"
_EVENT: Final = "x-groundplan-event"


class Sender:
    """Delivers to webhooks."""

    def __init__(
        self, pool: Pool, metrics: Metrics, addresses: Addresses, secrets: Secrets
    ) -> None:
        self._pool = pool
        self._attempts = metrics.deliveries
        self._addresses = addresses
        self._secrets = secrets
        self._encryption = ssl.create_default_context()

    async def run(self) -> None:
        """Send for ever."""
        while True:
            if not await self.send_due():
                await asyncio.sleep(_IDLE * random.uniform(0.8, 1.2))  # noqa: S311

    async def send_due(self) -> int:
        """Make one attempt at what is due; return how many that were."""
        rows = await repository.take_due(self._pool, _AT_ONCE, _AT_ONCE_TO_ONE, 3 * TIMEOUT)
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return len(rows)

    async def _deliver(self, row: Any) -> None:
        status, problem = await self.attempt(row)
        if problem is None and status is not None:
            self._attempts.labels("delivered").inc()
            await repository.delivered(self._pool, row["id"], status)
        else:
            self._attempts.labels("missed").inc()
            words = problem or "no answer"
            await repository.missed(self._pool, row["id"], status, words, next_attempt(row))

    async def attempt(self, row: Any) -> tuple[int | None, str | None]:
        """Send once; return the status and what is wrong, None when nothing is."""
        now = int(time.time())
        try:
            secret = self._secrets.open(str(row["webhook"]), row["sealed"])
            target = await self._addresses.target(row["url"])
            headers = {
                _DELIVERY: str(row["id"]),
                _EVENT: row["type"],
                TIMESTAMP: str(now),
                SIGNATURE: sign(secret, now, row["body"]),
            }
            status = await post(target, headers, row["body"], self._encryption)
        except AddressRefused as error:
            return None, f"the address is refused: {error}"
        except TimeoutError:
            return None, f"no answer within {TIMEOUT:.0f} s"
        except (OSError, NoAnswer, ssl.SSLError) as error:
            return None, str(error)[:200] or type(error).__name__
        return status, _problem(status)


def next_attempt(row: Any) -> datetime | None:
    """Return when to try again, None after a day."""
    now = datetime.now(UTC)
    if now - row["tried_from"] > GIVE_UP_AFTER:
        return None
    pause = PAUSES[min(row["attempts"], len(PAUSES)) - 1]
    return now + timedelta(seconds=pause * random.uniform(0.8, 1.2))  # noqa: S311


def _problem(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return f"answered {status}; redirects are not followed"
    return f"answered {status}"
