"""What a supervisor leaves for the next one: which processes are its own, and where it is."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from groundplan.runner import disk, identity


@dataclass(frozen=True, slots=True)
class Kept:
    """One process that was started."""

    component: str
    replica: int
    pid: int
    started: str
    started_at: str
    restarts: int
    port: int
    digest: str
    descriptor: int
    """The number of its listening socket; 0 where it has none of ours."""
    stop: str
    """The signal that asks it to end."""
    drain: float
    about: str = ""
    """Which program it is."""

    @property
    def name(self) -> str:
        """The replica's name."""
        return f"{self.component}-{self.replica}"

    @property
    def lives(self) -> bool:
        """Whether it still runs."""
        return identity.of(self.pid) == self.started


def keep(path: Path, kept: Iterable[Kept]) -> None:
    """Write down every process that runs, in the order of starting."""
    disk.write_json(path, {"processes": [asdict(each) for each in kept]}, 0o600)


def recall(path: Path) -> list[Kept]:
    """Return what an earlier supervisor wrote down."""
    read: Any = disk.read_json(path) or {}
    try:
        return [Kept(**each) for each in read.get("processes", [])]
    except (TypeError, AttributeError):
        return []
