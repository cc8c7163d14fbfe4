"""Serves the application with granian inside this process, and ends it in order.

One process per replica: granian's embedded server shares the event loop with the background
work and the pools. SIGTERM stops accepting, lets requests finish, and ends.
"""

import asyncio
import signal
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

_BACKLOG: Final = 1024


async def serve(application: Any, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; return when the last request is answered."""
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
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
