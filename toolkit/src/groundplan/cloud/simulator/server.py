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
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
OWN = "/moto-api/"
"""Paths of the simulator itself, which no service of AWS has."""
RESET = f"{OWN}reset"
CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
ACTION = re.compile(rb"(?:^|&)Action=(\w+)")

INVOCATION = "HTTP_AMZ_SDK_INVOCATION_ID"
"""Tells one call of a client's from another; its attempts share it."""
REMEMBERED = 512
"""Answers that are kept for callers who lost theirs."""

Start = Callable[..., Any]
Moto = Callable[[dict[str, Any], Start], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered with."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Quiet(MotoRequestHandler):  # type: ignore[misc]
    """Says only errors on stderr; what else there is to say goes to the log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say errors, which are bugs of ours or moto's, with their traceback."""
        if type == "error":
            super().log(type, message, *args)


class Application:
    """moto's application between our reset before it and our log after it.

    One request at a time: moto walks through its tables while other requests would change them.
    A call that is repeated gets its first answer again, as its client lost it: moto would do
    twice what AWS does once, or refuse it.
    """

    def __init__(self, moto: Moto | None = None, log: TextIO | None = None) -> None:
        self._moto = moto or DomainDispatcherApplication(create_backend_app)
        self._log = log
        self._turn = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        # outside of its turn, so that a slow sender keeps nobody waiting
        _body(environ)
        with self._turn:
            if self._log is None or environ["PATH_INFO"].startswith(OWN):
                return self._answer(environ, start)
            return self._answer_and_note(environ, start)

    def _answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == RESET and environ["REQUEST_METHOD"] == "POST":
            STORE.clear()
        answer = self._remembered(environ)
        start(answer.status, answer.headers)
        return [answer.body]

    def _remembered(self, environ: dict[str, Any]) -> Answer:
        call = environ.get(INVOCATION, "")
        if call in self._answers:
            return self._answers[call]
        answer = _ask(self._moto, environ)
        if call and answer.status < "4":
            self._answers[call] = answer
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return answer

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


def _ask(moto: Moto, environ: dict[str, Any]) -> Answer:
    said: list[tuple[str, list[tuple[str, str]]]] = []
    answer = moto(environ, lambda status, headers, *_: said.append((status, headers)))
    try:
        body = b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    return Answer(*said[-1], body)


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
