"""What a supervisor leaves for the next one: which processes are its own, and where it is."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from groundplan.runner import disk, identity
from groundplan.runner.replica import Replica


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

    @property
    def name(self) -> str:
        """The replica's name."""
        return f"{self.component}-{self.replica}"

    @property
    def lives(self) -> bool:
        """Whether it still runs."""
        return identity.of(self.pid) == self.started


def keep(path: Path, replicas: Iterable[Replica], descriptors: dict[str, int]) -> None:
    """Write down every process that runs, in the order of starting."""
    found = [_kept(each, descriptors) for each in replicas if each.running]
    disk.write_json(path, {"processes": [asdict(each) for each in found]}, 0o600)


def recall(path: Path) -> list[Kept]:
    """Return what an earlier supervisor wrote down."""
    read: Any = disk.read_json(path) or {}
    try:
        return [Kept(**each) for each in read.get("processes", [])]
    except (TypeError, AttributeError):
        return []


def _kept(replica: Replica, descriptors: dict[str, int]) -> Kept:
    assert replica.running
    spec = replica.spec
    return Kept(
        component=spec.component,
        replica=spec.replica,
        pid=replica.running.pid,
        started=replica.running.started,
        started_at=replica.started_at or "",
        restarts=replica.restarts,
        port=spec.port,
        digest=replica.digest,
        descriptor=descriptors.get(spec.component, 0),
        stop=str(spec.stop),
        drain=spec.drain,
    )
