"""The gates of a run: the data folder, the accounts in it, migrations, the console, packages."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from groundplan.model.platform import DATABASE
from groundplan.model.process import Installation, Job, Local, Program
from groundplan.model.service import Kind
from groundplan.runner import cluster, command, installation, secret, site, trust
from groundplan.runner.composition import Composition
from groundplan.runner.delivery.versions import Version, Versions
from groundplan.runner.gate import Gate, Work
from groundplan.runner.launch import Launcher, log_of
from groundplan.runner.replica import Replica
from groundplan.runner.startup import trace
from groundplan.runner.startup.way import GATE
from groundplan.runner.state import State

ROOT = Path(__file__).resolve().parents[4]
"""The repository."""
FRONTEND = ROOT / "services" / "frontend"
Say = Callable[[str], None]


class Gates:
    """Makes the gates of a platform and keeps them by name."""

    def __init__(
        self,
        composition: Composition,
        launcher: Launcher,
        local: Callable[[], Local],
        database: Callable[[], Replica],
        versions: Versions,
    ) -> None:
        self._composition = composition
        self._folders = composition.folders
        self._launcher = launcher
        self._local = local
        self._database = database
        self._versions = versions
        self.of: dict[str, Gate] = {}

    @property
    def built_site(self) -> Path:
        """Where the console is built."""
        return FRONTEND / "dist"

    def make(self) -> None:
        """Make every gate that the platform has."""
        self._add("data", "", self._make_data)
        self._add("accounts", "waiting for the database", self._provide_accounts)
        for job in self._local().jobs:
            self._add(job.name, job.says, self._job(job.name), *job.after)
        for wanted in self._local().installations:
            self._add(f"install-{wanted.service}", "", self._install(wanted))
        for name, _ in self._composition.platform.of_kind(Kind.STATIC):
            self._add(f"site-{name}", "", self._site(name), insists=False)

    async def migrate(self, service: str, version: Version) -> None:
        """Bring a service's database up to a version, where it has one of ours.

        Raises:
            ToolError: the migration failed.
        """
        for job in self._local().jobs:
            if job.name == f"migrate-{service}":
                await self._run(self._versions.job(job, version))

    def _add(self, name: str, says: str, work: Work, *after: str, insists: bool = True) -> None:
        before = [self.of[each] for each in after]
        self.of[name] = Gate(name, says, work, before, insists=insists)

    async def _make_data(self, say: Say) -> None:
        postgres = await self._launcher.find(Program.POSTGRES)
        assert postgres
        if cluster.made_by(self._folders) is None:
            say("making the data folder")
        secret.owner_password(self._folders)
        password_file = Path(self._folders.secrets) / "database-owner-password"
        await cluster.make(self._folders, postgres, password_file)

    async def _provide_accounts(self, say: Say) -> None:
        await self._database_ready()
        say("making accounts")
        spec = self._database().spec
        password = secret.owner_password(self._folders)
        accounts, secrets = self._local().accounts, self._composition.secrets
        await cluster.provide(accounts, secrets, spec.port, password, trust.of(spec.authority))

    async def _database_ready(self) -> None:
        with trace.step(f"wait {DATABASE}", {GATE: DATABASE}):
            await self._database().reaches(State.READY)

    def _job(self, name: str) -> Work:
        async def work(say: Say) -> None:
            await self._database_ready()
            job = next(each for each in self._local().jobs if each.name == name)
            say(job.says)
            await self._run(self._versions.job(job))

        return work

    async def _run(self, job: Job) -> None:
        path = await self._launcher.path(job.program)
        await command.run(
            [path, *job.arguments],
            directory=job.directory,
            settings=command.environment(self._folders.data, job.environment),
            log=log_of(self._folders, job.name),
        )

    def _install(self, wanted: Installation) -> Work:
        async def work(say: Say) -> None:
            await installation.install(wanted, say)

        return work

    def _site(self, name: str) -> Work:
        async def work(say: Say) -> None:
            await site.build(FRONTEND, say)
            served = await asyncio.to_thread(self._versions.site, name, self.built_site)
            site.link(served, Path(self._folders.run, "site"))

        return work
