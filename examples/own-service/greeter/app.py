"""A WSGI program of the standard library alone: it greets whoever calls."""

import os
from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Greet, and say which replica did."""
    role = environ.get("HTTP_X_GROUNDPLAN_ROLE", "stranger")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"Hello, {role}, from replica {os.environ['GROUNDPLAN_REPLICA']}\n".encode()]
