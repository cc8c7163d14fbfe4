"""Tells a receiver of alerts until it has heard, and remembers on disk what it knows.

So an alert that ended while this process was away is still said to have ended, and one that
goes on is not told of as new. A receiver may have several addresses: who cannot be reached at one
is told at the next.
"""

import asyncio
import os
import ssl
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from groundplan_telemetry.metrics.rules import notice
from groundplan_telemetry.metrics.rules.alerting import PENDING, Alert
from groundplan_telemetry.metrics.rules.notice import Key, Told
from groundplan_telemetry.settings import Secret

if TYPE_CHECKING:
    import httpx

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things are waited for, in seconds."""

    answer: float = 5.0
    """For the receiver."""
    least: float = 1.0
    """Before a second attempt; twice as long before each further one."""
    most: float = 60.0
    repeat: float = 3600.0
    """Until what still fires is told again."""
    forgotten: float = 120.0
    """After the start, until an alert that nobody raises any more counts as ended."""


class Notifier:
    """One receiver."""

    def __init__(
        self,
        urls: Iterable[str],
        key: Secret,
        authority: str,
        file: Path,
        external: Mapping[str, str],
        patience: Patience = Patience(),
    ) -> None:
        """Take the receiver's addresses and key, who vouches for it, and where to remember."""
        self._key, self._authority = key, authority
        self._client: httpx.AsyncClient | None = None
        self._file, self._external, self._patience = file, external, patience
        self._urls = deque(urls)
        """First the one that was reached last."""
        self._known = _read(file)
        self._wanted = dict(self._known)
        self._raised: set[str] = set()
        self._repeat_at = self._began = time.monotonic()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.sent = self.failed = 0

    def start(self) -> None:
        """Begin to tell."""
        self._task = asyncio.get_running_loop().create_task(self._follow())

    async def close(self) -> None:
        """End it; what was not heard is told after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    def hear(self, alerts: Iterable[Alert]) -> None:
        """Take the alerts of a group of rules as they are now."""
        for alert in alerts:
            if alert.state == PENDING:
                continue
            told = notice.told(alert)
            known = self._wanted.get(told.fingerprint)
            self._raised.add(told.fingerprint)
            if known is None and not told.fires:
                continue
            if known is None or known.fires != told.fires:
                self._wanted[told.fingerprint] = told
                self._wake.set()

    @property
    def waiting(self) -> int:
        """How many alerts the receiver does not know as they are."""
        return sum(self._known.get(name) != told for name, told in list(self._wanted.items()))

    async def _follow(self) -> None:
        wait = self._patience.least
        while True:
            try:
                async with asyncio.timeout(1.0):
                    await self._wake.wait()
            except TimeoutError:
                self._look_at_the_clock()
            self._wake.clear()
            if await self._tell_all():
                wait = self._patience.least
            else:
                await asyncio.sleep(wait)
                wait = min(wait * 2, self._patience.most)
                self._wake.set()

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        if now - self._repeat_at > self._patience.repeat:
            self._repeat_at = now
            self._known = {}
        if now - self._began > self._patience.forgotten:
            at = time.time_ns() // 1_000_000
            for name, told in self._wanted.items():
                if told.fires and name not in self._raised:
                    self._wanted[name] = told.ended(at)

    async def _tell_all(self) -> bool:
        news = {t.group for name, t in self._wanted.items() if self._known.get(name) != t}
        for group in sorted(news):
            # Who does not hear one call is not asked for more: each is an error on his side.
            if not await self._tell(group):
                return False
        return True

    async def _tell(self, group: Key) -> bool:
        alerts = {name: told for name, told in self._wanted.items() if told.group == group}
        body = notice.payload(group, list(alerts.values()), self._external)
        reason = await self._post(body)
        if reason:
            self.failed += 1
            log.warning("alert.not_told", alerts=len(alerts), reason=reason)
            return False
        self.sent += 1
        self._remember(alerts)
        return True

    async def _post(self, body: dict[str, Any]) -> str:
        """Return why the receiver did not hear; empty when it did."""
        import httpx

        content, reason = msgspec.json.encode(body), ""
        kind = {"content-type": "application/json"}
        for url in tuple(self._urls):
            try:
                answer = await self._opened().post(url, content=content, headers=kind)
            except (httpx.HTTPError, OSError) as error:
                reason = f"{type(error).__name__}: {error}"
                self._urls.rotate(-1)
            else:
                return "" if answer.is_success else f"status {answer.status_code}"
        return reason

    def _opened(self) -> "httpx.AsyncClient":
        # Loaded with the first alert: the store answers sooner.
        import httpx

        if self._client is None:
            authority = self._authority
            self._client = httpx.AsyncClient(
                verify=ssl.create_default_context(cafile=authority) if authority else False,
                headers={"authorization": f"Bearer {self._key}"},
                trust_env=False,
                timeout=self._patience.answer,
            )
        return self._client

    def _remember(self, alerts: Mapping[str, Told]) -> None:
        for name, told in alerts.items():
            if told.fires:
                self._known[name] = told
                continue
            self._known.pop(name, None)
            if self._wanted.get(name) == told:
                del self._wanted[name]
        new = self._file.with_suffix(".new")
        try:
            new.write_bytes(msgspec.json.encode(self._known))
            os.replace(new, self._file)
        except OSError as error:
            # A full disk is what alerts tell of: it must not silence them.
            log.warning("alert.not_remembered", reason=str(error))


def _read(file: Path) -> dict[str, Told]:
    """Return what stands in the file; nothing where nothing usable does."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Told])
    except (OSError, msgspec.DecodeError):
        return {}
