"""The backend's commands: `serve`, and `accounts` and `migrate` before it; `openapi` prints."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Final

from groundplan_backend.footprint import settle, shrink
from groundplan_backend.settings import Settings, SettingsError

_USAGE: Final = "usage: python -m groundplan_backend serve|migrate|accounts|openapi"


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        _COMMANDS[arguments[0]]()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _settings() -> Settings:
    from groundplan_backend import settings as settings_module
    from groundplan_backend.observability import log

    settings = settings_module.load()
    log.configure(settings.log_level, settings.component, settings.replica)
    return settings


def _serve() -> None:
    shrink()
    import uvloop

    from groundplan_backend.app import Backend
    from groundplan_backend.server import serve

    settings = _settings()

    async def run() -> None:
        backend = Backend(settings)
        settle()
        async with backend.running():
            await serve(backend.application, settings.host, settings.port, settings.certificate)

    uvloop.run(run())


def _migrate() -> None:
    from groundplan_backend.identity.first_administrator import create
    from groundplan_backend.postgres.migrate import migrate
    from groundplan_backend.settings import optional, required

    url, administrator = required("DATABASE_URL"), optional("FIRST_ADMINISTRATOR")

    async def run() -> None:
        await migrate(url)
        if administrator is not None:
            await create(url, administrator)

    asyncio.run(run())


def _accounts() -> None:
    from groundplan_backend.accounts import provide
    from groundplan_backend.settings import path, required

    names = asyncio.run(provide(required("ADMINISTRATION_URL"), path("ACCOUNTS_FILE")))
    print(f"accounts: {', '.join(names)}", file=sys.stderr)


def _openapi() -> None:
    from groundplan_backend.app import PUBLISHED
    from groundplan_backend.docs.controller import VERSION
    from groundplan_backend.http import openapi

    print(json.dumps(openapi.document(PUBLISHED, VERSION), indent=2))


_COMMANDS: Final[dict[str, Callable[[], None]]] = {
    "serve": _serve,
    "migrate": _migrate,
    "accounts": _accounts,
    "openapi": _openapi,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
