"""The store as a process: how it starts, what survives its end, and how it ends."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

SERVE = [sys.executable, "-m", "groundplan_telemetry", "serve"]


class Store:
    """A running store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder / "backend-1.log"
        (folder / "key").write_text("k")
        told = {
            "listen": {"port": self.port},
            "folder": str(folder / "telemetry"),
            "key_file": str(folder / "key"),
            "logs": [{"service": "backend", "replica": "backend-1", "path": str(self.log)}],
        }
        self.settings = folder / "settings.json"
        self.settings.write_text(json.dumps(told))
        self.start()

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.process = subprocess.Popen([*SERVE, str(self.settings)], env=_environment())
        self.until(lambda: self.ask("/healthz/ready"))

    def ask(self, path: str, body: bytes | None = None):
        """Ask with the key; return the answer's JSON."""
        headers = {"authorization": "Bearer k", "content-type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def offer(self, spans: bytes) -> int:
        """Send spans; return the answer's status."""
        try:
            self.ask("/v1/traces", spans)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def until(self, ask, within: float = 15.0):
        """Ask until the answer is something; return it."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                if found := ask():
                    return found
            time.sleep(0.02)
        raise AssertionError(f"not within {within:g} s")

    def has_kept_places(self) -> bool:
        """Return whether it is written down that the whole log was read."""
        kept = json.loads((self.folder / "telemetry" / "places.json").read_text())
        return bool(kept[str(self.log)]["offset"] == self.log.stat().st_size)

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(10)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def store(tmp_path):
    """Return a running store."""
    made = Store(tmp_path)
    yield made
    if made.process.poll() is None:
        made.end(signal.SIGKILL)


def test_a_killed_store_keeps_what_it_had_and_goes_on(store, otlp_spans):
    """SIGKILL costs what was not on the disk, and nothing else: no line is read twice."""
    store.ask("/v1/traces", otlp_spans({}))
    store.log.write_text('{"message": "before"}\n')
    store.until(lambda: store.ask("/traces")["items"] and store.ask("/logs")["items"])
    store.until(store.has_kept_places)
    store.end(signal.SIGKILL)
    with store.log.open("a") as log:
        log.write('{"message": "while it was down"}\n')
    store.start()
    store.until(lambda: len(store.ask("/logs")["items"]) > 1)
    assert ["while it was down", "before"] == [
        each["message"] for each in store.ask("/logs")["items"]
    ]
    assert 1 == len(store.ask("/traces")["items"])
    assert [] == store.ask("/state")["drops"]


def test_a_store_that_is_asked_to_end_loses_nothing(store, otlp_spans):
    """What is in memory at SIGTERM is on the disk after it, and the process ends with 0."""
    store.ask("/v1/traces", otlp_spans({}))
    assert 0 == store.end(signal.SIGTERM)
    store.start()
    assert 1 == len(store.ask("/traces")["items"])


def test_bursts_cost_no_unbounded_memory(store, otlp_spans):
    """Far more than can be written at once is refused in words, and memory stays bounded."""
    many = otlp_spans(*({"spanId": f"{number:016x}"} for number in range(1, 5_001)))
    answers = [store.offer(many) for _ in range(12)]
    assert {200, 429} >= set(answers)
    assert psutil.Process(store.process.pid).memory_info().rss < 300 << 20
    counts = store.until(lambda: _settled(store))
    lost = sum(each["records"] for each in store.ask("/state")["drops"])
    known = counts["stored"]["traces"] + counts["repeated"]["traces"] + lost
    assert answers.count(200) * 5_000 == counts["received"]["traces"] == known


def _settled(store):
    state = store.ask("/state")
    return state["counts"] if state["signals"]["traces"]["waiting"] == 0 else None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "usage: python -m groundplan_telemetry serve FILE"),
        (["serve"], "usage: python -m groundplan_telemetry serve FILE"),
        (["serve", "/none.json"], "telemetry cannot start: /none.json cannot be read"),
        (["serve", "/dev/null"], "telemetry cannot start: /dev/null: Input data was truncated"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(words, told):
    """A store that cannot start as it was told says why, in one line, and ends with 2."""
    argv = [*SERVE[:-1], *words]
    found = subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False)
    assert (2, 1) == (found.returncode, len(found.stderr.splitlines()))
    assert found.stderr.startswith(told)


def test_connections_that_say_nothing_keep_nobody_out(store):
    """Hundreds that send half a request and no more do not stand in the way of a whole one."""
    half = b"POST /v1/traces HTTP/1.1\r\nhost: store\r\n"
    with contextlib.ExitStack() as silent:
        for _ in range(300):
            opened = socket.create_connection(("127.0.0.1", store.port), timeout=5)
            silent.enter_context(opened).sendall(half)
        assert {"status": "live"} == store.ask("/healthz/live")
