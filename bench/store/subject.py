"""The store that is measured: a process of its own, with nothing to collect but eight logs."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from bench.process import free_port, start, stop, wait_until_answers
from bench.stack import BenchError
from bench.store.content import SERVICES

KEY: Final = "bench"
ROOM: Final = 4 << 30
KEEP: Final = 86_400


@dataclass(slots=True)
class Subject:
    """A running store."""

    process: psutil.Process
    client: httpx.Client
    logs: list[Path]

    def send(self, body: bytes) -> bool:
        """Send spans; say whether they were taken, all of them."""
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        answer = self.client.post("/v1/traces", content=body, headers=headers)
        return answer.is_success and answer.json() == {}

    def ask(self, path: str) -> Any:
        """Return what it answers."""
        answer = self.client.get(path)
        if not answer.is_success:
            raise BenchError(f"the store answers {path} with {answer.status_code}")
        return answer.json()

    def settle(self) -> Any:
        """Wait until nothing waits in memory; return the state."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            state = self.ask("/state")
            if not any(each.get("waiting") for each in state["signals"].values()):
                return state
            time.sleep(0.1)
        raise BenchError("the store does not come to an end within 30 s")


@contextmanager
def started(folder: Path) -> Iterator[Subject]:
    """Run a store for as long as the block lasts."""
    port = free_port()
    logs = [folder / f"{name}-{replica}.log" for name in SERVICES for replica in (1, 2)]
    (folder / "key").write_text(KEY)
    told = {
        "listen": {"port": port},
        "folder": str(folder / "telemetry"),
        "key_file": str(folder / "key"),
        "limits": {"size": ROOM, "keep": KEEP},
        "logs": [
            {"service": log.stem[:-2], "replica": log.stem, "path": str(log)} for log in logs
        ],
    }
    (folder / "settings.json").write_text(json.dumps(told))
    argv = [sys.executable, "-m", "groundplan_telemetry", "serve", f"{folder}/settings.json"]
    process = start(argv, env={"PYTHONUNBUFFERED": "1"}, log=folder / "store.log")
    url = f"http://127.0.0.1:{port}"
    headers = {"authorization": f"Bearer {KEY}"}
    try:
        wait_until_answers(f"{url}/healthz/ready")
        with httpx.Client(base_url=url, headers=headers, timeout=30) as client:
            yield Subject(psutil.Process(process.pid), client, logs)
    finally:
        stop(process)
