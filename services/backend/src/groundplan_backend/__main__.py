"""The backend's commands: `serve`, and `accounts` and `migrate` before it; `openapi` prints,
`verify-audit` looks at the audit record, `runner-token` lets the runner of one machine in."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Final

from groundplan_backend.footprint import settle, shrink
from groundplan_backend.settings import Settings, SettingsError

_USAGE: Final = (
    "usage: python -m groundplan_backend serve|migrate|accounts|openapi|runner-token|verify-audit"
)

_CHANGED: Final = 4
"""The exit code when the audit record is not what was written."""
_NOT_READY: Final = 5


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        return _COMMANDS[arguments[0]]() or 0
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


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
            await serve(
                backend.application,
                settings.host,
                settings.port,
                settings.certificate,
                backend.leave,
            )

    uvloop.run(run())


def _migrate() -> None:
    from groundplan_backend.identity.first_administrator import create
    from groundplan_backend.postgres import ownership
    from groundplan_backend.postgres.migrate import migrate
    from groundplan_backend.settings import optional, required

    url, administrator = required("DATABASE_URL"), optional("FIRST_ADMINISTRATOR")
    administration = optional("ADMINISTRATION_URL")

    async def run() -> None:
        if administration is not None:
            await ownership.protect(administration, ownership.account_of(url))
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


def _runner_token() -> int:
    from groundplan_backend.errors import BackendError
    from groundplan_backend.identity.runner_token import make

    try:
        print(asyncio.run(make(_settings())))
    except BackendError as error:
        print(error.detail, file=sys.stderr)
        return _NOT_READY
    return 0


def _verify_audit() -> int:
    from groundplan_backend.audit.command import verify
    from groundplan_backend.errors import BackendError

    try:
        finding = asyncio.run(verify(_settings()))
    except BackendError as error:
        print(error.detail, file=sys.stderr)
        return _NOT_READY
    print(json.dumps(finding, indent=2))
    return 0 if finding["faults_total"] == 0 else _CHANGED


_COMMANDS: Final[dict[str, Callable[[], int | None]]] = {
    "serve": _serve,
    "migrate": _migrate,
    "accounts": _accounts,
    "openapi": _openapi,
    "runner-token": _runner_token,
    "verify-audit": _verify_audit,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
