"""Serves the application with granian inside this process, and ends it in order.

One process per replica: granian's embedded server shares the event loop with the background
work and the pools. SIGTERM stops accepting, lets requests finish, and ends.
"""

import asyncio
import signal
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from groundplan_contracts.tls import Certificate

_BACKLOG: Final = 1024


async def serve(
    application: Any, host: str, port: int, certificate: Certificate | None = None
) -> None:
    """Serve until SIGTERM or SIGINT, over TLS where there is a certificate.

    Returns when the last request is answered.
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
        log_enabled=False,
        ssl_cert=certificate.chain if certificate else None,
        ssl_key=certificate.key if certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
