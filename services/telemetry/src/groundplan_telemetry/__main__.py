"""`python -m groundplan_telemetry serve FILE`: one process, one event loop, until SIGTERM."""

import asyncio
import signal
import sys
from pathlib import Path

import uvloop
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from groundplan_telemetry import log
from groundplan_telemetry.app import Application
from groundplan_telemetry.settings import Listen, SettingError, Settings

AT_ONCE = 768
"""Connections at a time: some that say nothing must not keep the others out."""
HEADERS_WITHIN = 10_000
"""Milliseconds."""
USAGE = "usage: python -m groundplan_telemetry serve FILE"


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then answer what has begun and return."""
    application = Application(settings)
    await application.start()
    server = _server(application, settings.listen)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
    await application.close()


def _server(application: Application, listen: Listen) -> Server:
    return Server(
        application,
        address=listen.host,
        port=listen.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        backlog=256,
        backpressure=AT_ONCE,
        log_enabled=False,
        ssl_cert=Path(listen.certificate) if listen.certificate else None,
        ssl_key=Path(listen.private_key) if listen.private_key else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )


def main(argv: list[str]) -> int:
    """Run the command; 0 after a clean stop, 2 when it cannot start as it was told."""
    if len(argv) != 2 or argv[0] != "serve":
        sys.stderr.write(USAGE + "\n")
        return 2
    try:
        settings = Settings.read(Path(argv[1]))
        log.configure(settings.log_level)
        uvloop.run(serve(settings))
    except (SettingError, OSError) as error:
        sys.stderr.write(f"telemetry cannot start: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
