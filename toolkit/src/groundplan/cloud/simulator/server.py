"""The server: moto's own application on loopback, with a reset that also clears our store.

`serve` binds and hands back the running server. Requests are noted one a line, as JSON: when,
which service and operation, the answer's status, and how many milliseconds it took.
"""

import io
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import BaseWSGIServer, make_server

from groundplan.cloud.simulator.store import STORE

LOOPBACK = "127.0.0.1"
BACKLOG = 128
"""Connections that may wait to be taken."""
RESET = "/moto-api/reset"
CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
ACTION = re.compile(rb"(?:^|&)Action=(\w+)")

Start = Callable[..., Any]
Answer = Callable[[dict[str, Any], Start], Iterable[bytes]]


class Quiet(MotoRequestHandler):  # type: ignore[misc]
    """Says only errors on stderr; what else there is to say goes to the log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say errors, which are bugs of ours or moto's, with their traceback."""
        if type == "error":
            super().log(type, message, *args)


class Application:
    """moto's application between our reset before it and our log after it.

    One request at a time: moto walks through its tables while other requests would change them.
    """

    def __init__(self, moto: Answer | None = None, log: TextIO | None = None) -> None:
        self._moto = moto or DomainDispatcherApplication(create_backend_app)
        self._log = log
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        # outside of its turn, so that a slow sender keeps nobody waiting
        _body(environ)
        with self._turn:
            if self._log is None:
                return self._answer(environ, start)
            return self._answer_and_note(environ, start)

    def _answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == RESET and environ["REQUEST_METHOD"] == "POST":
            STORE.clear()
        return self._moto(environ, start)

    def _answer_and_note(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        began = time.monotonic()
        said: list[str] = []

        def noting(status: str, *rest: Any) -> Any:
            said.append(status.split()[0])
            return start(status, *rest)

        operation = _operation(environ)
        answer = self._answer(environ, noting)
        self._note(environ, operation, said, time.monotonic() - began)
        return answer

    def _note(
        self, environ: dict[str, Any], operation: str, said: list[str], seconds: float
    ) -> None:
        scope = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        line = {
            "at": round(time.time(), 3),
            "service": scope["service"] if scope else "",
            "region": scope["region"] if scope else "",
            "operation": operation,
            "path": environ["PATH_INFO"],
            "status": int(said[0]) if said else 0,
            "ms": round(seconds * 1000),
        }
        assert self._log is not None
        self._log.write(json.dumps(line) + "\n")


def _operation(environ: dict[str, Any]) -> str:
    """Return what is asked: by the header, by the form, else by the method."""
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return str(target).rsplit(".", 1)[-1]
    is_form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if is_form and (match := ACTION.search(_body(environ))):
        return match[1].decode()
    return str(environ["REQUEST_METHOD"])


def _body(environ: dict[str, Any]) -> bytes:
    """Return the whole body, and leave it to be read again."""
    ends_by_itself = environ.get("wsgi.input_terminated", False)
    length = -1 if ends_by_itself else int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def listen(port: int) -> socket.socket:
    """Return a socket of loopback's; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(BACKLOG)
    return listening


def serve(listening: socket.socket, log: Path | None = None) -> BaseWSGIServer:
    """Return a server of a socket that listens.

    Raises:
        OSError: the log cannot be written.
    """
    host, port = listening.getsockname()
    application = Application(log=log.open("a", buffering=1) if log else None)
    return make_server(
        host,
        port,
        application,
        threaded=True,
        request_handler=Quiet,
        fd=listening.fileno(),
    )
