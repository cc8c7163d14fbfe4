"""Serves the application with granian inside this process, and ends it in order.

One process per replica: granian's embedded server shares the event loop with the background
work and the pools. SIGTERM stops accepting, lets requests finish, and ends.
"""

import asyncio
import signal
from collections.abc import Callable
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from groundplan_contracts.tls import Certificate

_BACKLOG: Final = 1024
_AT_ONCE: Final = 6144
"""Connections; most of them may be streams that wait."""


async def serve(
    application: Any,
    host: str,
    port: int,
    certificate: Certificate | None = None,
    leave: Callable[[], None] = lambda: None,
) -> None:
    """Serve until SIGTERM or SIGINT, over TLS where there is a certificate.

    Returns when the last request is answered; `leave` is called when the end begins, to end
    answers that would last for ever.
    """
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
        websockets=False,
        backlog=_BACKLOG,
        backpressure=_AT_ONCE,
        log_enabled=False,
        ssl_cert=certificate.chain if certificate else None,
        ssl_key=certificate.key if certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )

    def stop() -> None:
        leave()
        server.stop()  # type: ignore[no-untyped-call]

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()
