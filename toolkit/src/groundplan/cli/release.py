"""`./run release SERVICE`: pack a service's code as it is now, and register it as a release.

It changes nothing that runs. With --deploy it is rolled out at once, and the command waits.
"""

import argparse
import getpass
import os
import platform as machine
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from groundplan import loader
from groundplan.cli import place
from groundplan.errors import GroundplanError, NotReadyError
from groundplan.model.folders import Folders
from groundplan.runner import transport
from groundplan.runner.client import Client
from groundplan.runner.delivery import credential, pack, source, versions
from groundplan.tools import git
from groundplan.tools.backend import Backend
from groundplan.tools.delivery import Desk

POLL: Final = 0.5
FINISHED: Final = frozenset({"live", "failed", "rolled_back"})
SHORT: Final = 12


def add_parser(subparsers: Any) -> None:
    """Describe the command's words."""
    parser = subparsers.add_parser(
        "release", help="pack a service's code and register it", description=__doc__
    )
    place.add_arguments(parser)
    parser.add_argument("service", metavar="SERVICE", help="the service, as the file names it")
    parser.add_argument("--version", metavar="V", help="its name; else the digest's first letters")
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="in place of the service's folder"
    )
    parser.add_argument(
        "--deploy", action="store_true", help="roll it out here, and wait until it is live"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Release."""
    folders = place.find(arguments)
    platform = loader.load(arguments.file, arguments.environment)
    parts = source.parts(platform, folders, arguments.service)
    if arguments.folder:
        parts = {"": arguments.folder.absolute()}
    status = Client(folders).status()
    store = versions.store(folders, arguments.service)
    digest = pack.pack(parts, store)
    pack.mark_released(pack.folder_of(store, digest))
    version = arguments.version or digest.removeprefix(pack.PREFIX)[:SHORT]
    with _backend(folders, status["url"]) as backend:
        desk = Desk(backend)
        release = desk.register(_document(arguments.service, version, digest, parts))
        print(f"{arguments.service} {release['version']} {digest} {release['id']}", flush=True)
        if arguments.deploy:
            made = desk.request(arguments.environment, [release["id"]], "./run release --deploy")
            _follow(desk, made["id"])
    return 0


def _backend(folders: Folders, url: str) -> Backend:
    token = credential.read(folders)
    if not token:
        raise NotReadyError(
            "the runner has no token yet", hint="wait until ./run status says ready, and repeat"
        )
    return Backend(url, token, authority=transport.authority(folders), nearby=True)


def _document(
    service: str, version: str, digest: str, parts: Mapping[str, Path]
) -> dict[str, Any]:
    built_at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    found: dict[str, Any] = {
        "service": service,
        "version": version,
        "digest": digest,
        "built_by": f"{_user()}@{machine.node()}"[:200],
        "built_at": built_at,
    }
    commit = _commit(next(iter(parts.values())))
    return found | ({"commit": commit} if commit else {})


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _commit(folder: Path) -> str:
    """Return the commit that a folder is at; empty where it has changes, or is not in git."""
    try:
        if git.line(folder, "status", "--porcelain", "--", "."):
            return ""
        return git.line(folder, "rev-parse", "HEAD")
    except GroundplanError:
        return ""


def _follow(desk: Desk, deployment: str) -> None:
    """Tell every state until the last one.

    Raises:
        NotReadyError: it is not live in the end.
    """
    shown = ""
    while True:
        found = desk.read(deployment)
        if found["state"] != shown:
            shown = found["state"]
            print(shown, file=sys.stderr, flush=True)
        if shown in FINISHED:
            break
        time.sleep(POLL)
    if shown != "live":
        raise NotReadyError(f"deployment {deployment} is {shown}: {found['reason']}")
