"""Asks the telemetry store of a run over HTTP, with its key, also where no supervisor is left."""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from groundplan.model.folders import Folders
from groundplan.model.platform import TELEMETRY
from groundplan.runner import record, transport, trust

TIMEOUT: Final = 10.0
"""Seconds for one answer."""
PATIENCE: Final = 60.0
"""Seconds for all of them."""


class StoreError(Exception):
    """The store does not answer, or not as it should; says why."""


class Store:
    """The store of one data folder."""

    def __init__(self, folders: Folders) -> None:
        """Find it by what was rendered for it.

        Raises:
            StoreError: it does not run, or its settings cannot be read.
        """
        if not _lives(folders):
            raise StoreError("it does not run")
        try:
            told = json.loads(Path(folders.config, "telemetry/settings.json").read_text())
            self._host, self._port = told["listen"]["host"], int(told["listen"]["port"])
            self._key = Path(folders.secrets, "telemetry-key").read_text().strip()
            self._trusted = trust.of(transport.authority(folders))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"its settings cannot be read ({type(error).__name__})") from None
        self._until = time.monotonic() + PATIENCE

    def get(self, path: str, **query: object) -> Any:
        """Return an answer.

        Raises:
            StoreError: there is none.
        """
        if time.monotonic() > self._until:
            raise StoreError(f"it took longer than {PATIENCE:.0f} s in all")
        asked = f"{path}?{urlencode(query)}" if query else path
        connection = self._connect()
        try:
            connection.request("GET", asked, headers={"authorization": f"Bearer {self._key}"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise StoreError(f"{path} answers {answer.status}")
            return json.loads(body)
        except (OSError, HTTPException, ValueError) as error:
            raise StoreError(f"it does not answer: {error}") from None
        finally:
            connection.close()

    def pages(self, path: str, most: int, **query: object) -> Iterator[dict[str, Any]]:
        """Yield the items of a list, page by page, `most` at the most."""
        given = dict(query)
        while most > 0:
            page = self.get(path, **given)
            yield from page["items"][:most]
            most -= len(page["items"])
            if page["next"] is None:
                return
            given["after"] = page["next"]

    def _connect(self) -> HTTPConnection:
        if self._trusted is None:
            return HTTPConnection(self._host, self._port, timeout=TIMEOUT)
        context = self._trusted
        return HTTPSConnection(self._host, self._port, timeout=TIMEOUT, context=context)


def _lives(folders: Folders) -> bool:
    """Tell whether it runs; on its port a stranger may listen, who must not see the key."""
    kept = record.recall(Path(folders.run, "processes.json"))
    return any(each.component == TELEMETRY and each.lives for each in kept)
