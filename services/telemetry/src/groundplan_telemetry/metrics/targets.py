"""What is collected from, made of the settings: addresses to scrape and built-in exporters."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from groundplan_telemetry import settings
from groundplan_telemetry.metrics.collect.target import Fetch, Target
from groundplan_telemetry.metrics.collect.web import Web
from groundplan_telemetry.metrics.exporters import host, nginx, postgres, redis
from groundplan_telemetry.records.requests import Requests
from groundplan_telemetry.settings import Exporter, Settings


class _Closable(Protocol):
    async def close(self) -> None:
        """Close what is open."""


class Sources:
    """Makes the targets, and closes at the end what they hold open."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._web = Web()
        self._open: list[_Closable] = [self._web]
        self.exporters: dict[str, Fetch] = {}
        """By instance: what is asked here and shows figures to nobody else."""

    def targets(self, given: Settings) -> Sequence[Target]:
        """Return all targets of the settings.

        Raises:
            SettingError: a key cannot be read.
        """
        found = [self._scraped(each) for each in given.scrape]
        found += [self._nginx(each) for each in given.nginx]
        if given.postgres is not None:
            found.append(self._server(given.postgres, postgres.Exporter, "postgres"))
        if given.redis is not None:
            found.append(self._server(given.redis, redis.Exporter, "redis"))
        if given.host is not None:
            exporter = host.Exporter(given.host.folder)
            found.append(self._exported(given.host, exporter, "host"))
        return found

    def _scraped(self, each: settings.Target) -> Target:
        key = f"Bearer {settings.secret(each.key_file)}" if each.key_file else ""
        headers = {"authorization": key} if key else None
        fetch = self._web.fetch(each.url, each.authority, each.interval, headers)
        own = {**each.labels, "job": each.job, "instance": each.instance}
        return Target(fetch, own, each.interval, each.url)

    def _nginx(self, each: Exporter) -> Target:
        fetch = self._web.fetch(each.url, each.authority, each.interval)
        made = nginx.exporter(fetch, lambda: self._requests.exposition(each.instance))
        return self._exported(each, made, each.url)

    def _server(
        self,
        each: Exporter,
        make: Callable[[Callable[[], str], str], postgres.Exporter | redis.Exporter],
        kind: str,
    ) -> Target:
        # The address is read at each connection: passwords may change while this runs.
        made = make(lambda: str(settings.secret(each.url_file)), each.authority)
        self._open.append(made)
        return self._exported(each, made, kind)

    def _exported(self, each: Exporter, fetch: Fetch, shown_as: str) -> Target:
        # One connection answers one after the other: what is scraped here, and who else looks.
        turn = asyncio.Lock()

        async def within() -> str:
            async with asyncio.timeout(each.interval), turn:
                return await fetch()

        own = {**each.labels, "job": each.job, "instance": each.instance}
        self.exporters[each.instance] = within
        return Target(within, own, each.interval, shown_as)

    async def close(self) -> None:
        """Close all connections."""
        for each in self._open:
            await each.close()


def shown(target: Target) -> dict[str, Any]:
    """Return a target in the shape of Prometheus' API."""
    health = target.health
    return {
        "labels": target.own,
        "scrapePool": target.own["job"],
        "scrapeUrl": target.url,
        "health": "up" if health.is_up else "down" if health.at else "unknown",
        "lastError": health.reason,
        "lastScrape": datetime.fromtimestamp(health.at, UTC).isoformat(),
        "lastScrapeDuration": health.took,
        "scrapeInterval": f"{target.interval:g}s",
    }
