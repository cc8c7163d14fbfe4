"""The store of signals as the stack tests ask it."""

import time
from typing import Any

import httpx
from stack import Stack

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each repeat of a question that took too long."""


class Store:
    """Asks the telemetry store of a running platform."""

    def __init__(self, stack: Stack) -> None:
        key = (stack.data / "secrets/telemetry-key").read_text().strip()
        self._headers = {"authorization": f"Bearer {key}"}
        self.key = key
        self.url = stack.origin(stack.components("telemetry")[0]["port"])

    def get(self, path: str, **query: str) -> Any:
        """Return what it answers to one question; it is asked again where it lacked the time."""
        for pause in PAUSES:
            answer = self._ask(path, query)
            if answer.status_code != 503:
                break
            time.sleep(pause)
        else:
            answer = self._ask(path, query)
        return answer.raise_for_status().json()

    def _ask(self, path: str, query: dict[str, str]) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", params=query, headers=self._headers, timeout=10)

    def spans(self, trace: str) -> list[dict[str, Any]]:
        """Return the spans of a trace; none while it knows none."""
        answer = httpx.get(f"{self.url}/traces/{trace}", headers=self._headers, timeout=10)
        return list(answer.json()["spans"]) if answer.is_success else []

    def series(self) -> dict[str, dict[str, set[str]]]:
        """Return the labels of every metric that is collected, by job and name."""
        found: dict[str, dict[str, set[str]]] = {}
        listed = self.get("/api/v1/series", **{"match[]": '{job=~".+"}'})["data"]
        for labels in listed:
            names = found.setdefault(labels["job"], {})
            names.setdefault(labels["__name__"], set()).update(labels)
        return found

    def wait_for(self, trace: str, services: set[str], seconds: float) -> list[dict[str, Any]]:
        """Return a trace once all these services have told of it, or what there is by then."""
        until = time.monotonic() + seconds
        while True:
            spans = self.spans(trace)
            if services <= {each["service"] for each in spans} or time.monotonic() > until:
                return spans
            time.sleep(0.05)
