"""Takes a service's replicas to a version one by one, watches them, and takes them back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan.errors import NotReadyError
from groundplan.model.service import Kind
from groundplan.runner import installation, site
from groundplan.runner.delivery import pack
from groundplan.runner.delivery.versions import Version, Versions
from groundplan.runner.delivery.watch import Count, Watch
from groundplan.runner.gates import Gates
from groundplan.runner.replica import Replica
from groundplan.runner.roller import Change, Roller

Tell = Callable[[str, int, int], Awaitable[None]]
"""Is told what has happened, how many replicas are done and of how many."""
LOOK: Final = 1.0
"""Seconds that one replica is watched before the next one goes."""
VERIFY: Final = 5.0
"""Seconds that all are watched at the end."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """What a rollout works on."""

    replicas: Sequence[Replica]
    versions: Versions
    roller: Roller
    gates: Gates
    count: Count
    outfit: Callable[[Replica], None]
    """Gives a replica the settings of its version."""
    site: Path
    """The link that leads to what the frontend serves."""

    def of(self, service: str) -> list[Replica]:
        """Return the replicas of a service."""
        return [each for each in self.replicas if each.spec.component == service]


class Rollout:
    """Rolls services of one run."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._versions = fleet.versions

    def is_at(self, service: str, version: Version | None) -> bool:
        """Say whether every replica runs a version."""
        return all(
            self._versions.running(each.spec) == version for each in self._fleet.of(service)
        )

    async def prepare(self, service: str, version: Version) -> None:
        """See that a version can be run here, and do what comes before its replicas.

        Raises:
            NotReadyError: its code is not here, or not what its digest says.
            GroundplanError: its packages or its migration failed.
        """
        folder = self._versions.folder(service, version)
        if not folder.is_dir():
            raise NotReadyError(
                f"the code of {service} {version.name} is not on this machine:"
                f" ./run release {service} packs it"
            )
        if pack.digest_of(folder) != version.digest:
            raise NotReadyError(f"the code of {service} {version.name} is not what was packed")
        if wanted := self._versions.installation(service, folder):
            await installation.install(wanted, lambda _: None)
        await self._fleet.gates.migrate(service, version)

    async def forward(self, service: str, version: Version, tell: Tell) -> None:
        """Take every replica to a version; one that runs it already is left alone.

        Raises:
            NotReadyError: a replica did not come back, or not well; the rest was left alone.
        """
        await self._go(service, version, tell, f"runs {version.name}", LOOK)

    async def back(self, service: str, version: Version | None, tell: Tell) -> None:
        """Take the replicas that have left a version back to it.

        Raises:
            NotReadyError: a replica did not come back.
        """
        said = f"runs {version.name} again" if version else "runs its folder again"
        await self._go(service, version, tell, said, 0.0)

    async def verify(self, services: Sequence[str]) -> None:
        """Watch all replicas of services for some seconds.

        Raises:
            NotReadyError: one is not well, or answers too often with errors.
        """
        watched = [each for name in services for each in self._fleet.of(name)]
        watch = Watch(watched, self._fleet.count)
        await watch.begin()
        await watch.hold(VERIFY)

    async def _go(
        self, service: str, version: Version | None, tell: Tell, said: str, look: float
    ) -> None:
        replicas = self._fleet.of(service)
        left = [each for each in replicas if self._versions.running(each.spec) != version]
        done = len(replicas) - len(left)
        if replicas and replicas[0].spec.kind == Kind.STATIC:
            await self._turn(service, version, replicas, tell, said)
            return

        def change(replica: Replica) -> None:
            self._versions.choose(replica.name, version)
            self._fleet.outfit(replica)

        async def watched(replica: Replica) -> None:
            nonlocal done
            watch = Watch([replica], self._fleet.count)
            await watch.begin()
            await watch.hold(look)
            done += 1
            await tell(f"{replica.name} {said}", done, len(replicas))

        await self._fleet.roller.replace(left, Change(change, watched), _silent)

    async def _turn(
        self,
        service: str,
        version: Version | None,
        replicas: Sequence[Replica],
        tell: Tell,
        said: str,
    ) -> None:
        """Turn the site's link: nginx finds files by name, so all replicas change at once."""
        place = self._versions.folder(service, version) if version else None
        site.link(place or self._fleet.gates.built_site, self._fleet.site)
        watch = Watch(replicas, self._fleet.count)
        await watch.begin()
        await watch.hold(LOOK)
        for number, replica in enumerate(replicas, 1):
            self._versions.choose(replica.name, version)
            self._fleet.outfit(replica)
            await tell(f"{replica.name} {said}", number, len(replicas))


async def _silent(_: str) -> None:
    return
