"""Puts together what the targets render for this machine, and writes what has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundplan.formats import yaml
from groundplan.model.file import Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.process import Local
from groundplan.runner import disk
from groundplan.targets import frontend, gateway, local, monitoring


@dataclass(frozen=True, slots=True)
class Composition:
    """Everything that rendering needs and that stays the same while a platform runs."""

    platform: Platform
    environments: Mapping[str, Platform]
    environment: str
    folders: local.Folders
    secrets: local.Secrets
    bills: Sequence[Mapping[str, Any]] = ()
    """What the environments cost, as plain values for the catalog."""
    encrypted: bool = False
    tunnelled: bool = False
    """Whether an nginx speaks TLS for the cache."""
    prometheus: bool = False
    """Whether a Prometheus runs beside the platform."""

    def place(self, ports: dict[str, int], draining: Iterable[str] = ()) -> Placement:
        """Place the platform on ports; replicas named in `draining` get no new requests."""
        gone = frozenset(draining)
        return local.place(
            self.platform,
            ports,
            self.folders,
            draining=gone,
            environment=self.environment,
            encrypted=self.encrypted,
            prometheus=self.prometheus,
        )

    def render(self, placement: Placement) -> tuple[Local, Files]:
        """Return the processes and all targets' files."""
        watched = monitoring.render(self.platform, placement)
        rules = [f"{self.folders.config}/{file.path}" for file in watched]
        found = local.render(
            self.platform,
            placement,
            self.folders,
            self.secrets,
            environments=self.environments,
            bills=self.bills,
            tunnelled=self.tunnelled,
            rules=rules,
            prometheus=self._prometheus(placement, rules) if self.prometheus else "",
        )
        others = (
            *gateway.render(self.platform, placement),
            *frontend.render(self.platform, placement),
            *watched,
        )
        return found, (*found.files, *others)

    def _prometheus(self, placement: Placement, rules: Sequence[str]) -> str:
        found = monitoring.scrape.config(
            local.collected(self.platform, placement, self.folders),
            interval=self.platform.observability.metrics.interval,
            rules=rules,
            labels={"namespace": self.platform.name, "environment": self.environment},
        )
        return yaml.dump(found)

    def write(self, files: Files) -> set[str]:
        """Write the files that differ from what stands on the disk; return their paths."""
        folder, way = Path(self.folders.config), Path(self.folders.data, "writing")
        return {
            str(folder / file.path)
            for file in files
            if disk.write_changed(folder / file.path, file.content, file.mode, way)
        }
