"""The telemetry of the last hour: from the store while it answers, else from its files."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from groundplan.model.folders import Folders
from groundplan.runner.export import segments
from groundplan.runner.export.store import Store, StoreError

Say = Callable[[str], None]
TRACES: Final = 400
LINES: Final = 20_000
SPANS: Final = 20_000
POINTS: Final = 60
"""Of each series of metrics."""
_UNUSUAL: Final = re.compile(r"[^\w.-]")
"""Letters that no file's name should have."""
PAGE: Final = {"traces": 100, "lines": 1000}
STATE: Final = {
    "state.json": "/state",
    "services.json": "/services",
    "graph.json": "/graph",
    "alerts.json": "/api/v1/alerts",
    "rules.json": "/api/v1/rules",
    "targets.json": "/api/v1/targets",
}
"""What is asked once."""


class Signals:
    """Reads telemetry, and notes what could not be read and why."""

    def __init__(self, folders: Folders, since: float, say: Say) -> None:
        """Prepare to read.

        Args:
            folders: of the run.
            since: seconds up to now.
            say: is told of long work.
        """
        self._folders = folders
        self._now = datetime.now(UTC)
        self._since = self._now - timedelta(seconds=since)
        self._say = say
        self.notes: list[str] = []

    def read(self) -> Iterator[tuple[str, str]]:
        """Yield every file of telemetry, as far as it can be had."""
        try:
            store = Store(self._folders)
            store.get("/state")
        except StoreError as error:
            self.notes.append(
                f"telemetry: the store could not be asked, {error}; spans and lines were read "
                "from its files, metrics, alerts and rules are missing"
            )
            yield from self._of_files()
            return
        for work in (self._states, self._traces, self._lines, self._metrics):
            yield from self._tried(work(store))

    def _tried(self, found: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        try:
            yield from found
        except (StoreError, KeyError, TypeError) as error:
            self.notes.append(f"telemetry: not all of it could be read, {error}")

    def _states(self, store: Store) -> Iterator[tuple[str, str]]:
        for name, path in STATE.items():
            yield f"telemetry/{name}", json.dumps(store.get(path), indent=1) + "\n"

    def _traces(self, store: Store) -> Iterator[tuple[str, str]]:
        given = {"from": self._since.isoformat(), "limit": PAGE["traces"]}
        failed = store.pages("/traces", TRACES // 2, **given, status="error")
        ids = dict.fromkeys(each["trace_id"] for each in failed)
        ids |= dict.fromkeys(each["trace_id"] for each in store.pages("/traces", TRACES, **given))
        self._say(f"reading {len(ids)} traces")
        if len(ids) >= TRACES:
            self.notes.append(f"telemetry/traces.jsonl: only {len(ids)} traces, failed ones first")
        yield "telemetry/traces.jsonl", _lines(store.get(f"/traces/{each}") for each in ids)

    def _lines(self, store: Store) -> Iterator[tuple[str, str]]:
        self._say("reading log lines")
        given = {"from": self._since.isoformat(), "limit": PAGE["lines"]}
        found = list(store.pages("/logs", LINES, **given))
        if len(found) == LINES:
            self.notes.append(f"telemetry/logs.jsonl: only the newest {LINES} lines")
        yield "telemetry/logs.jsonl", _lines(found)

    def _metrics(self, store: Store) -> Iterator[tuple[str, str]]:
        step = max(15, round((self._now - self._since).total_seconds() / POINTS))
        given = {"start": self._since.isoformat(), "end": self._now.isoformat(), "step": step}
        for job in store.get("/api/v1/label/job/values")["data"]:
            self._say(f"reading metrics of {job}")
            query = f"{{job={json.dumps(job)}}}"
            series = store.get("/api/v1/query_range", query=query, **given)["data"]["result"]
            yield f"telemetry/metrics/{_UNUSUAL.sub('_', job)}.jsonl", _lines(series)

    def _of_files(self) -> Iterator[tuple[str, str]]:
        since = round(self._since.timestamp() * 1e6)
        folder = Path(self._folders.telemetry)
        for signal, name, most in (("traces", "spans", SPANS), ("logs", "logs", LINES)):
            found: list[Any] = []
            try:
                found += segments.read(folder, signal, since, most)
            except (sqlite3.Error, OSError, ValueError) as error:
                self.notes.append(f"telemetry: files of {signal} cannot be read, {error}")
            if len(found) == most:
                self.notes.append(f"telemetry/{name}.jsonl: only the newest {most}")
            if found:
                yield f"telemetry/{name}.jsonl", _lines(found)


def _lines(values: Iterable[Any]) -> str:
    return "".join(
        json.dumps(each, separators=(",", ":"), ensure_ascii=False) + "\n" for each in values
    )
