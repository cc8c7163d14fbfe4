"""The live state of the platform, from the file that the runner rewrites."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import structlog

from groundplan_backend.catalog.schemas import LiveComponent, State

_log = structlog.get_logger("backend.catalog")


class _Component(msgspec.Struct):
    name: str
    replica: int = 1
    kind: str = ""
    state: str = "unknown"
    pid: int | None = None
    port: int | None = None
    restarts: int = 0
    started_at: str | None = None
    detail: str | None = None
    log: list[str] = []


class _File(msgspec.Struct):
    state: str = "unknown"
    components: list[_Component] = []


class LiveState:
    """Reads the file when it has changed; where it lies and who may read it stays inside."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._state = _unknown()

    def read(self) -> State:
        """Return the state, `unknown` when there is no file or none that can be read."""
        if self._file is None:
            return _unknown()
        try:
            found = self._file.stat()
            if (found.st_mtime_ns, found.st_ino) != self._seen:
                self._state = _parse(self._file.read_bytes(), found.st_mtime)
                self._seen = (found.st_mtime_ns, found.st_ino)
        except OSError:
            return _unknown()
        except msgspec.DecodeError as error:
            _log.warning("state file cannot be read", error=str(error))
            return _unknown()
        return self._state


def _unknown() -> State:
    return State(state="unknown", updated_at=None, components=[])


def _parse(raw: bytes, written: float) -> State:
    file = msgspec.json.decode(raw, type=_File)
    components = [
        LiveComponent(**{**msgspec.structs.asdict(one), "detail": one.detail or ""})
        for one in file.components
    ]
    return State(
        state=file.state,
        updated_at=datetime.fromtimestamp(written, UTC),
        components=components,
    )
