"""The one process behind a run: starts, watches, publishes, rolls and stops everything.

It holds the data folder's lock. Killed, it leaves every component running; the next one
adopts them.
"""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groundplan.errors import UsageError
from groundplan.model.order import start_order
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, DATABASE, PROMETHEUS, TELEMETRY
from groundplan.model.process import Local, Process
from groundplan.model.service import Kind
from groundplan.runner import (
    bills,
    cluster,
    control,
    disk,
    journal,
    launch,
    listener,
    process,
    publish,
    record,
    roller,
    secret,
    status,
    sweep,
    trust,
)
from groundplan.runner.composition import Composition
from groundplan.runner.delivery.agent import Agent
from groundplan.runner.delivery.rollout import Fleet
from groundplan.runner.delivery.versions import Versions
from groundplan.runner.gates import Gates
from groundplan.runner.order import Order
from groundplan.runner.port import Ports
from groundplan.runner.renewal import Renewal
from groundplan.runner.replica import Replica, Surroundings
from groundplan.runner.startup.post import Store
from groundplan.runner.startup.trace import step
from groundplan.runner.startup.tracer import Tracer
from groundplan.runner.traffic import Rotation
from groundplan.targets import local

TICK = 2.0
"""Seconds between looks at logs and at the data folder."""


class Supervisor:
    """Runs one platform."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._folders = order.folders
        self._run = Path(order.folders.run)
        self._tracer = Tracer(Path(order.folders.traces), order.environment, self._store)
        with step("secrets"):
            secrets = secret.draw(order.platform, order.folders)
        self._composition = Composition(
            order.platform,
            order.environments,
            order.environment,
            order.folders,
            secrets,
            bills.of(order.environments, datetime.now(UTC).date()),
            encrypted=order.encrypted,
            tunnelled=order.tunnelled,
            prometheus=order.prometheus,
        )
        self._ports = Ports(Path(order.folders.data, "ports.json"), order.port_base)
        self._launcher = launch.Launcher(order.folders, order.platform.database.major)
        self._publisher = publish.Publisher(self._publish)
        self._replicas: list[Replica] = []
        self._local: Local
        self._placed: Placement | None = None
        self._rebound: set[str] = set()
        """Adopted replicas that accept on a socket which could not be taken back."""
        self._versions = Versions(order.platform, order.folders)
        self._gates = Gates(
            self._composition,
            self._launcher,
            lambda: self._local,
            lambda: self._of(DATABASE)[0],
            self._versions,
        )
        rotation = Rotation(order.platform, order.folders, self._replicas)
        self._roller = roller.Roller(self._replicas, self._publisher, rotation)
        self._agent = Agent(
            order,
            Fleet(
                self._replicas,
                self._versions,
                self._roller,
                self._gates,
                rotation.counted,
                self._outfit,
                self._run / "site",
            ),
        )
        names = (*order.platform.services, DATABASE, CACHE, TELEMETRY) if order.encrypted else ()
        self._renewal = Renewal(Path(order.folders.certificates), names)
        self._touched: set[str] = set()
        """Files that have changed since the start."""
        self._leaving = asyncio.Event()
        self._stopped = asyncio.Event()
        self._was_ready = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Run the platform until it is told to stop."""
        self._prepare()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._leaving.set)
        async with control.serving(self._run / control.SOCKET, self._answer):
            await self._publisher.now()
            for replica in self._replicas:
                replica.begin()
            self._spawn(self._publisher.run())
            self._spawn(self._tracer.run())
            self._spawn(self._tick())
            deliveries = self._spawn(self._agent.run(self.status))
            await self._leaving.wait()
            deliveries.cancel()
            await self._stop_all()
            self._stopped.set()
            await asyncio.sleep(0.1)

    def _prepare(self) -> None:
        kept = {each.name: each for each in record.recall(self._run / "processes.json")}
        living = {name: each for name, each in kept.items() if each.lives}
        with step("sweep"):
            sweep.end_leftovers(kept.values())
            sweep.end_strays(self._folders, [each.pid for each in living.values()])
        needs = local.needs(self._order.platform, prometheus=self._order.prometheus)
        listening = {
            need.name
            for need in needs
            for each in living.values()
            if need.belongs_to(each.component, each.replica)
        }
        with step("ports"):
            self._ports.settle([need.name for need in needs], listening)
            self._open_listeners(living)
        with step("certificates"):
            self._renewal.look()
        with step("render"):
            self._compose()
        self._gates.make()
        self._make_replicas(living)

    def _compose(self) -> set[str]:
        placement = self._composition.place(
            self._ports.of, publish.out_of_rotation(self._replicas)
        )
        if placement == self._placed:
            return set()
        self._local, files = self._composition.render(placement)
        changed = self._composition.write(files)
        self._placed = placement
        for replica in self._replicas:
            self._outfit(replica)
        return changed

    def _outfit(self, replica: Replica) -> None:
        """Give a replica the settings that its place and its version ask for."""
        spec = next(each for each in self._local.processes if each.name == replica.name)
        replica.spec = self._versions.applied(spec)

    def _open_listeners(self, living: dict[str, record.Kept]) -> None:
        for name, _ in self._order.platform.of_kind(Kind.STATIC):
            port = self._ports.of[name]
            holders = [each for each in living.values() if each.component == name]
            found = (listener.take_back(each.pid, each.descriptor, port) for each in holders)
            taken = next((each for each in found if each), None)
            if taken is None:
                self._rebound |= {each.name for each in holders}
            self._launcher.listeners[name] = taken or listener.open_port(port)

    def _make_replicas(self, living: dict[str, record.Kept]) -> None:
        around = Surroundings(
            self._command,
            self._publisher.changed,
            lambda: self._composition.secrets.cache_password,
            self._tracer.way,
        )
        applied = [self._versions.applied(each) for each in self._local.processes]
        for spec in self._in_order(applied):
            gates = [self._gates.of[name] for name in spec.after]
            replica = Replica(spec, gates, launch.log_of(self._folders, spec.name), around)
            self._replicas.append(replica)
            if kept := living.pop(spec.name, None):
                self._adopt(replica, kept)
        for gate in self._gates.of.values():
            gate.changed = self._publisher.changed
        for surplus in living.values():
            if running := process.adopt(surplus.pid, surplus.started):
                self._spawn(running.stop(signal.Signals[surplus.stop], surplus.drain))

    def _adopt(self, replica: Replica, kept: record.Kept) -> None:
        running = process.adopt(kept.pid, kept.started)
        if running:
            replica.adopt(running, kept)
            if kept.name in self._rebound:
                replica.digest = ""
            if roller.is_stale(replica):
                self._spawn(self._roller.renew(replica.spec.component))

    def _in_order(self, processes: Sequence[Process]) -> list[Process]:
        calls = {name: each.calls for name, each in self._order.platform.services.items()}
        watching = {TELEMETRY: (), PROMETHEUS: (TELEMETRY,)}
        order = start_order({DATABASE: (), CACHE: (), **watching, **calls})

        def place(each: Process) -> tuple[int, str, int]:
            served = each.component.partition(".")[0]
            return order.index(served), each.component, each.replica

        return sorted(processes, key=place)

    async def _command(self, replica: Replica) -> process.Command:
        spec = replica.spec
        self._renewal.look(trust.name_of(spec))
        if not spec.health_socket and self._move_ports(spec):
            self._ports.remember()
            await self._publisher.now()
        if spec.component == DATABASE:
            cluster.clear_stale_lock(self._folders)
        if spec.health_socket:
            Path(spec.health_socket).unlink(missing_ok=True)
        await asyncio.to_thread(self._versions.remember, spec)
        self._outfit(replica)
        command = await self._launcher.command(replica.spec)
        replica.about = self._launcher.about(replica.spec)
        replica.digest = launch.digest_of(replica.spec)
        return command

    def _move_ports(self, spec: Process) -> bool:
        """Give a replica other ports where its own were taken; say whether any moved."""
        needs = local.needs(self._order.platform, prometheus=self._order.prometheus)
        own = [need.name for need in needs if need.belongs_to(spec.component, spec.replica)]
        moved = [name for name in own if self._ports.check(name)]
        return bool(moved)

    async def _publish(self) -> None:
        changed = self._compose() | self._renewal.take()
        for replica in self._replicas:
            replica.must_reload |= bool(changed.intersection(replica.spec.reloads))
            replica.reload()
        self._touched |= changed
        for replica in self._replicas:
            if self._touched.intersection(replica.spec.reads) and roller.is_stale(replica):
                self._spawn(self._roller.renew(replica.spec.component))
        record.keep(self._run / "processes.json", filter(None, (r.kept for r in self._replicas)))
        shown = self.status()
        self._tracer.look(shown["state"])
        disk.write_json(self._run / "status.json", status.with_logs(shown, self._replicas), 0o600)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        disk.write_json(self._run / "public-status.json", status.public(shown, at))

    def status(self) -> dict[str, Any]:
        """Return the object of `status --json`."""
        state = status.overall(self._replicas, was_ready=self._was_ready)
        self._was_ready |= state == "ready"
        if self._leaving.is_set() and state != "stopped":
            state = "stopping"
        placement = self._composition.place(self._ports.of)
        return status.whole(self._order, placement, state, self._replicas)

    async def _answer(self, question: dict[str, Any], say: control.Say) -> dict[str, Any]:
        match question.get("ask"):
            case "status":
                shown = status.with_logs(self.status(), self._replicas)
                trouble, startup = self._publisher.trouble, self._tracer.shown()
                return {"status": shown, "trouble": trouble, "startup": startup}
            case "restart":

                async def tell(text: str) -> None:
                    await say({"says": text})

                if question.get("folder"):
                    self._versions.settle(str(question.get("name")), None)
                    for replica in self._of(str(question.get("name"))):
                        self._outfit(replica)
                await self._roller.restart(str(question.get("name")), tell)
                return {}
            case "down":
                self._leaving.set()
                await self._stopped.wait()
                return {}
        raise UsageError("the supervisor does not know this question")

    async def _stop_all(self) -> None:
        for gate in self._gates.of.values():
            gate.close()
        names = list(dict.fromkeys(each.spec.component for each in self._replicas))
        for name in reversed(names):
            await asyncio.gather(*(each.stop() for each in self._of(name)))
        sweep.end_strays(self._folders)
        with contextlib.suppress(disk.DiskFullError, OSError):
            await self._publisher.now()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self._tracer.draft()
            if not Path(self._folders.data).is_dir():
                print(f"the data folder {self._folders.data} was deleted: stopping", flush=True)
                self._leaving.set()
                return
            with contextlib.suppress(disk.DiskFullError, OSError):
                if self._renewal.look_when_due():
                    self._publisher.changed()
            for log in journal.logs_of(Path(self._folders.logs), None):
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(journal.turn_over, log)

    def _store(self) -> Store | None:
        """Return the telemetry store while it is ready."""
        found = next((each for each in self._of(TELEMETRY) if each.is_ready), None)
        if found is None:
            return None
        authority = trust.of(found.spec.authority)
        return Store(found.spec.port, self._composition.secrets.send_key, authority)

    def _of(self, component: str) -> list[Replica]:
        return [each for each in self._replicas if each.spec.component == component]

    def _spawn(self, work: Any) -> "asyncio.Task[None]":
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
