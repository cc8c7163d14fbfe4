"""Sends what is queued for channels that are no mail, and tries again for a day.

Every replica sends; a message is taken for as long as an attempt may last, so that one that dies
with it costs a pause. The address is judged anew each time, as webhooks' are.
"""

import asyncio
import random
import ssl
from typing import Any, Final

from cryptography.exceptions import InvalidTag

from groundplan_backend.incidents import channel_repository as repository
from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.webhooks.address import Addresses as Judge
from groundplan_backend.webhooks.address import AddressRefused
from groundplan_backend.webhooks.post import TIMEOUT, NoAnswer, post
from groundplan_backend.webhooks.sender import next_attempt

_IDLE: Final = 1.0
_AT_ONCE: Final = 8


class Notifier:
    """Delivers to channels."""

    def __init__(self, pool: Pool, judge: Judge, addresses: Addresses) -> None:
        self._pool = pool
        self._judge = judge
        self._addresses = addresses
        self._encryption = ssl.create_default_context()

    async def run(self) -> None:
        """Send for ever."""
        while True:
            if not await self.send_due():
                await asyncio.sleep(_IDLE * random.uniform(0.8, 1.2))  # noqa: S311

    async def send_due(self) -> int:
        """Make one attempt at what is due; return how many that were."""
        rows = await repository.take_due(self._pool, _AT_ONCE, 3 * TIMEOUT)
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return len(rows)

    async def _deliver(self, row: Any) -> None:
        status, problem = await self._attempt(row)
        if status is not None and problem is None:
            await repository.delivered(self._pool, row["id"], status)
        else:
            words = problem or "no answer"
            await repository.missed(self._pool, row["id"], status, words, next_attempt(row))

    async def _attempt(self, row: Any) -> tuple[int | None, str | None]:
        """Send once; return the status and what is wrong, None when nothing is."""
        try:
            url = self._addresses.opened(row["channel"], row["sealed"])
            status = await post(await self._judge.target(url), {}, row["body"], self._encryption)
        except AddressRefused as error:
            return None, f"the address is refused: {error}"
        except InvalidTag:
            return None, "the address was sealed with another key; write it anew"
        except TimeoutError:
            return None, f"no answer within {TIMEOUT:.0f} s"
        except (OSError, NoAnswer) as error:
            # Nothing of the address, which is a secret.
            return None, type(error).__name__
        return status, None if 200 <= status < 300 else f"answered {status}"
