"""Sends a trace to the telemetry store: one request, with a time-out, and no error of its own."""

import ssl
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final

from groundplan.runner.port import HOST

PATH: Final = "/v1/traces"
TIMEOUT: Final = 2.0
"""Seconds for each step of a request."""
LATER: Final = frozenset({401, 408, 429, 500, 502, 503, 504})
"""Answers that say to come again; 401 too, because a key may be drawn anew."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the store takes spans in."""

    port: int
    key: str = field(repr=False)
    trusted: ssl.SSLContext | None = None
    """Whom the store is vouched for by; None where nothing is encrypted."""


def post(store: Store, body: bytes) -> bool | None:
    """Send a trace; say whether it was taken, None where it may be tried again."""
    connection = _connect(store)
    headers = {"content-type": "application/json", "authorization": f"Bearer {store.key}"}
    try:
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return None if answer.status in LATER else answer.status < 300


def _connect(store: Store) -> HTTPConnection:
    if store.trusted is None:
        return HTTPConnection(HOST, store.port, timeout=TIMEOUT)
    return HTTPSConnection(HOST, store.port, timeout=TIMEOUT, context=store.trusted)
