"""`python -m groundplan_gateway serve`: one process, one event loop, until SIGTERM."""

import asyncio
import os
import signal
import sys

import uvloop
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.server.embed import Server

from groundplan_gateway import log
from groundplan_gateway.app import Application
from groundplan_gateway.policy import PolicyError
from groundplan_gateway.settings import SettingError, Settings

USAGE = "usage: python -m groundplan_gateway serve"


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then answer what has begun and return."""
    application = Application(settings)
    await application.start()
    shown = settings.certificate
    server = Server(
        application,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        log_enabled=False,
        ssl_cert=shown.chain if shown else None,
        ssl_key=shown.key if shown else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve()
    await application.close()


def main(argv: list[str]) -> int:
    """Run the command; 0 after a clean stop, 2 when it cannot start as it was told."""
    if argv != ["serve"]:
        sys.stderr.write(USAGE + "\n")
        return 2
    try:
        settings = Settings.read(os.environ)
        log.configure(settings.log_level, os.environ.get("GROUNDPLAN_REPLICA", "1"))
        uvloop.run(serve(settings))
    except (SettingError, PolicyError, OSError) as error:
        sys.stderr.write(f"authz cannot start: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
