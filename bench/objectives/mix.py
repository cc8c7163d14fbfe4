"""The mix: which request comes when, always in the same order, and its bytes on the wire."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bench.scenario import CREATE, LIST, READ, SEARCH, Scenario

SHARES: Final[Mapping[Scenario, int]] = {READ: 45, LIST: 30, CREATE: 20, SEARCH: 5}
"""Of a hundred requests; a fifth of them change something."""
SAMPLED: Final = "00-%032x-%016x-01"
_SEED: Final = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes over the wire, and the status that it must get."""

    kind: str
    status: int
    content: bytes


def requests(host: str, token: str, count: int) -> list[Request]:
    """Return so many requests for one caller; the same order on every side."""
    each = {scenario: _request(scenario, host, token) for scenario in SHARES}
    return [each[scenario] for scenario in _order(count)]


def traced(host: str, token: str, count: int) -> list[Request]:
    """Return the same requests, each with a trace of its own of which all spans are kept."""
    ids = random.Random().getrandbits
    return [
        _request(replace(scenario, traceparent=SAMPLED % (ids(128), ids(64))), host, token)
        for scenario in _order(count)
    ]


def _order(count: int) -> list[Scenario]:
    return random.Random(_SEED).choices(list(SHARES), list(SHARES.values()), k=count)


def _request(scenario: Scenario, host: str, token: str) -> Request:
    body = (scenario.body or "").encode()
    headers = {"host": host, **scenario.headers(token), "content-length": str(len(body))}
    lines = [f"{scenario.method} {scenario.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Request(scenario.name, scenario.status, "\r\n".join([*lines, "", ""]).encode() + body)
