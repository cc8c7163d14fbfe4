"""Which version each service, and during a roll each replica, runs; kept beside the versions.

A service without a version runs from its folder, as a developer wants it. What that folder held
when a replica was started from it is packed, so that a rollback finds it again.
"""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from groundplan.errors import GroundplanError
from groundplan.model.folders import Folders
from groundplan.model.platform import Platform
from groundplan.model.process import Installation, Job, Process
from groundplan.model.service import Kind
from groundplan.runner import disk, installation
from groundplan.runner.delivery import pack, source
from groundplan.targets.local import own

UNRELEASED: Final = "unreleased-"
"""Begins the name of what a folder held."""


@dataclass(frozen=True, slots=True)
class Version:
    """Code by its digest, and the name that people gave it."""

    digest: str
    name: str


class Versions:
    """The versions of one data folder."""

    def __init__(self, platform: Platform, folders: Folders) -> None:
        self._platform = platform
        self._folders = folders
        self._path = Path(store(folders, "x")).parent / "running.json"
        kept: Any = disk.read_json(self._path)
        kept = kept if isinstance(kept, dict) else {}
        self._services = self._there(_read(kept.get("services")))
        self._replicas = self._there(_read(kept.get("replicas")))
        self._trees = self._there(_read(kept.get("trees")))
        self.work: dict[str, Any] = kept.get("work") or {}
        """The deployment that is carried out, with its lease and what was there before."""

    def of(self, process: Process) -> Version | None:
        """Return the version that a replica is to run; None for what its folder holds."""
        chosen: Version | None = self._services.get(process.component)
        if process.name in self._replicas:
            chosen = self._replicas[process.name]
        return chosen

    def running(self, process: Process) -> Version | None:
        """Return what a replica runs, a version or what its folder held when it was started."""
        return self.of(process) or self._trees.get(process.component)

    def live(self, service: str) -> Version | None:
        """Return the version that a service runs, or what its folder held when it was started."""
        return self._services.get(service) or self._trees.get(service)

    def choose(self, replica: str, version: Version | None) -> None:
        """Have one replica run a version from its next start on."""
        self._replicas[replica] = version
        self.keep()

    def settle(self, service: str, version: Version | None) -> None:
        """Have all replicas of a service run a version from their next start on."""
        self._services.pop(service, None)
        if version is not None:
            self._services[service] = version
        gone = [name for name in self._replicas if name.rpartition("-")[0] == service]
        for name in gone:
            del self._replicas[name]
        self.keep()

    def folder(self, service: str, version: Version) -> Path:
        """Return where a version's code stands."""
        return pack.folder_of(store(self._folders, service), version.digest)

    def remember(self, process: Process) -> None:
        """Pack what the folder of a service holds, for a replica is about to start from it."""
        service = process.component
        if self.of(process) or service not in source.releasable(self._platform):
            return
        if self._platform.services[service].kind is not Kind.STATIC:
            former = self._trees.get(service)
            self._pack(service)
            self._drop(service, former)

    def site(self, service: str, built: Path) -> Path:
        """Return the folder that a frontend serves: its version's, or a copy of what was built."""
        if service not in self._services:
            self._pack(service)
        version = self.live(service)
        return self.folder(service, version) if version else built

    def applied(self, process: Process) -> Process:
        """Return a process as its version wants it."""
        version = self.of(process)
        if version is None:
            return process
        folder, note = self.folder(process.component, version), f"version {version.name}"
        kind = self._platform.services[process.component].kind
        if kind in source.PYTHON:
            settings = {**process.environment, "PYTHONPATH": str(folder)}
            return replace(process, environment=settings, note=note)
        if kind is Kind.SERVICE:
            program = self._program(process, folder)
            return replace(process, directory=str(folder), program=program, note=note)
        return replace(process, note=note)

    def job(self, job: Job, version: Version | None = None) -> Job:
        """Return a job of one of our own services with the code of a version, or its service's."""
        service = job.name.partition("-")[2]
        version = version or self._services.get(service)
        if version is None:
            return job
        path = str(self.folder(service, version))
        return replace(job, environment={**job.environment, "PYTHONPATH": path})

    def installation(self, service: str, folder: Path) -> Installation | None:
        """Return the packages that the code in a folder needs, and the place for them.

        The service's own place serves where the packages are the same.
        """
        run = self._platform.services[service].run
        wanted = own.installation(self._folders, service, run) if run else None
        if wanted is None:
            return None
        wanted = replace(wanted, directory=str(folder))
        if installation.is_made(wanted):
            return wanted
        return replace(wanted, folder=f"{wanted.folder}-{installation.digest_of(wanted)[:12]}")

    def keep(self) -> None:
        """Write down what runs."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        named = {"services": self._services, "replicas": self._replicas, "trees": self._trees}
        shown = {key: {n: v and asdict(v) for n, v in of.items()} for key, of in named.items()}
        disk.write_json(self._path, {**shown, "work": self.work}, 0o600)

    def _pack(self, service: str) -> None:
        try:
            found = source.parts(self._platform, self._folders, service)
            digest = pack.pack(found, store(self._folders, service))
        except (GroundplanError, OSError):
            self._trees.pop(service, None)
            return
        known = self._trees.get(service)
        if known is None or known.digest != digest:
            short = digest.removeprefix(pack.PREFIX)[:12]
            self._trees[service] = Version(digest, f"{UNRELEASED}{short}")
            self.keep()

    def _drop(self, service: str, version: Version | None) -> None:
        """Delete what a folder held once, unless it was released or may be needed."""
        needed = {each.digest for each in self._services.values()}
        needed |= {each.digest for each in self._replicas.values() if each}
        needed |= {each.digest for each in self._trees.values()}
        if version is None or version.digest in needed or self.work:
            return
        folder = self.folder(service, version)
        if not pack.is_released(folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _there(self, known: dict[str, Any]) -> dict[str, Any]:
        """Leave out versions whose code somebody has deleted, and services that are no more."""
        services = self._platform.services

        def is_there(name: str, version: Version | None) -> bool:
            service = name if name in services else name.rpartition("-")[0]
            return service in services and (
                version is None or self.folder(service, version).is_dir()
            )

        return {name: each for name, each in known.items() if is_there(name, each)}

    def _program(self, process: Process, folder: Path) -> str:
        """Return the program of the packages that the version needs."""
        usual = f"{self._folders.service(process.component)}/venv/"
        if not process.program.startswith(usual):
            return process.program
        wanted = self.installation(process.component, folder)
        return f"{wanted.folder}/{process.program.removeprefix(usual)}" if wanted else usual


def store(folders: Folders, service: str) -> Path:
    """Return the folder of a service's versions."""
    return Path(folders.data, "versions", service)


def _read(kept: Any) -> dict[str, Any]:
    named: Mapping[str, Any] = kept if isinstance(kept, dict) else {}
    return {name: Version(**each) if each else None for name, each in named.items()}
