"""Sessions and spending as Redis knows them, asked for many checks at once.

While one call of the script is under way the checks that arrive queue up and go together in the
next one: the busier the gateway, the less Redis costs a check. A call that fails, or is not
answered in time, opens the circuit at once: every check is told that Redis is out, and nobody
waits for it again before a probe in the background has found it well.
"""

import asyncio
import hashlib
import math
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import hiredis
import msgspec
import structlog

from groundplan_contracts import tls
from groundplan_contracts.refusals import KEPT, KEY, Refusal
from groundplan_gateway import connection
from groundplan_gateway.decide import Answer, Question
from groundplan_gateway.metrics import Metrics

SCRIPT: Final = resources.files(__package__).joinpath("check.lua").read_text(encoding="utf-8")
DIGEST: Final = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
MOST_AT_ONCE: Final = 256
PROBE_EVERY: Final = 0.25
PROBES_TO_CLOSE: Final = 2
# A late timer may be our own stall with the reply waiting in the socket: read it before judging.
GRACE: Final = 0.005

log = structlog.get_logger()
_Waiting: TypeAlias = tuple[Question, asyncio.Future[Answer | None]]


class Store:
    """Asks Redis; owns the connection, the queue and the circuit."""

    def __init__(
        self, url: str, timeout: float, metrics: Metrics, authority: Path | None = None
    ) -> None:
        self._url = url
        # Made once: reading authorities takes longer than a connection may.
        self._encryption = tls.calling(urlsplit(url).scheme, authority)
        self._timeout = timeout
        self._metrics = metrics
        self._loop = asyncio.get_running_loop()
        self._connection: connection.Connection | None = None
        self._queue: list[_Waiting] = []
        self._flying: list[_Waiting] = []
        self._sent_at = 0.0
        self._deadline: asyncio.TimerHandle | None = None
        self._is_scheduled = False
        self._prober: asyncio.Task[None] | None = None

    @property
    def is_well(self) -> bool:
        """Whether Redis answers; while it does not, the circuit is open."""
        return self._connection is not None

    async def ask(self, asked: Question) -> Answer | None:
        """Return Redis's answer, or nothing when Redis is out."""
        if not asked.session_key and not asked.limit_key:
            return Answer(True, True, 0, 0)
        if self._connection is None:
            return None
        answer: asyncio.Future[Answer | None] = self._loop.create_future()
        self._queue.append((asked, answer))
        self._schedule()
        return await answer

    def tell(self, refusal: Refusal) -> None:
        """Leave a refusal for the audit record; nobody waits, and without Redis it is lost."""
        kept = self._connection
        if kept is not None:
            with suppress(ConnectionError):
                kept.send(("LPUSH", KEY, msgspec.json.encode(refusal).decode()), _ignored)
                kept.send(("LTRIM", KEY, 0, KEPT - 1), _ignored)

    async def start(self) -> None:
        """Look for Redis once, then go on looking in the background."""
        await self._look(times=1)
        self._prober = self._loop.create_task(self._probe())

    async def close(self) -> None:
        """Stop probing and let go of the connection."""
        if self._prober is not None:
            self._prober.cancel()
        last, self._connection = self._connection, None
        if last is not None:
            last.close()

    def _schedule(self) -> None:
        # Next turn of the loop: the checks of this turn go together.
        if not self._flying and not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._is_scheduled = False
        if not self._queue or self._flying or self._connection is None:
            return
        self._flying, self._queue = self._queue[:MOST_AT_ONCE], self._queue[MOST_AT_ONCE:]
        self._sent_at = self._loop.time()
        self._deadline = self._loop.call_later(self._timeout, self._is_late)
        self._call("EVALSHA", DIGEST)

    def _call(self, command: str, script: str) -> None:
        keys: list[str] = []
        figures: list[int] = []
        for asked, _ in self._flying:
            limit = asked.rule.limit
            keys += (asked.session_key, asked.limit_key)
            period = round(limit.per_seconds * 1000) if limit else 0
            figures += (limit.requests if limit else 0, period, asked.ahead)
        try:
            if self._connection is not None:
                self._connection.send(
                    (command, script, len(keys), *keys, *figures), self._answered
                )
        except ConnectionError as error:
            self._open_circuit(str(error))

    def _answered(self, reply: connection.Reply) -> None:
        if isinstance(reply, hiredis.ReplyError):
            if str(reply).startswith("NOSCRIPT"):
                self._call("EVAL", SCRIPT)
            else:
                self._open_circuit(str(reply))
            return
        if self._deadline is not None:
            self._deadline.cancel()
        self._metrics.redis_answered(self._loop.time() - self._sent_at, len(self._flying))
        answered, self._flying = self._flying, []
        for at, (_, answer) in enumerate(answered):
            alive, within, remaining, reset, ahead = reply[5 * at : 5 * at + 5]
            if not answer.done():
                reset = math.ceil(reset / 1000)
                answer.set_result(Answer(alive == 1, within == 1, remaining, reset, ahead))
        self._flush()

    def _is_late(self) -> None:
        self._deadline = self._loop.call_later(GRACE, self._open_circuit, "no answer in time")

    def _open_circuit(self, reason: str) -> None:
        lost, self._connection = self._connection, None
        if self._deadline is not None:
            self._deadline.cancel()
        waiting = self._flying + self._queue
        self._flying, self._queue = [], []
        for _, answer in waiting:
            if not answer.done():
                answer.set_result(None)
        if lost is not None:
            lost.close()
            if waiting:
                self._metrics.redis_failed(self._loop.time() - self._sent_at)
            self._metrics.circuit_opened()
            log.error("redis.out", reason=reason, waiting=len(waiting))

    async def _probe(self) -> None:
        while True:
            await asyncio.sleep(PROBE_EVERY)
            if self._connection is None:
                await self._look(PROBES_TO_CLOSE)

    async def _look(self, times: int) -> None:
        found = await self._try(times)
        if found is not None:
            self._connection = found
            self._metrics.circuit_closed()
            log.info("redis.well")

    async def _try(self, times: int) -> connection.Connection | None:
        """Connect, load the script and call it, each time within the timeout."""
        found: connection.Connection | None = None

        def lost() -> None:
            if found is not None and found is self._connection:
                self._open_circuit("the connection is lost")

        try:
            async with asyncio.timeout(self._timeout):
                found = await connection.connect(self._url, lost, self._encryption)
            for _ in range(times):
                async with asyncio.timeout(self._timeout):
                    await found.ask("EVAL", SCRIPT, 0)
        except (OSError, TimeoutError, hiredis.ReplyError) as error:
            log.debug("redis.probe_failed", reason=str(error))
            if found is not None:
                found.close()
            return None
        return found


def _ignored(_: connection.Reply) -> None:
    """Take the reply to what nobody waits for."""
