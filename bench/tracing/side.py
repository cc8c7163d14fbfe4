"""One side: a gateway, its authorisation and a backend, beside the platform that runs.

They are started from what the platform's own were told, on other ports. `Told` is all in which
they differ from those: where spans go, settings of their own, and doors that trace nothing.
"""

import copy
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

from bench import process
from bench.stack import Stack
from groundplan.tools import envoy

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
STORE: Final = "telemetry"
HOST: Final = "127.0.0.1"
STATISTICS: Final = "/stats/prometheus"
_MODULES: Final = {"authz": "groundplan_gateway", "backend": "groundplan_backend"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a side is told that the platform is not."""

    collector: int = 0
    """The port that they go to; that of the platform's store when it is not set."""
    settings: Mapping[str, str] = field(default_factory=dict)
    untraced: int = 0
    """How many listeners its Envoy has beside the first, which differ in having no tracer."""

    @property
    def doors(self) -> tuple[str, ...]:
        """The names of the listeners without a tracer."""
        return tuple(f"untraced-{number}" for number in range(self.untraced))


@dataclass(frozen=True, slots=True)
class Side:
    """A running side: its stack, and where its services and its gateway show their figures."""

    stack: Stack
    untraced: tuple[str, ...]
    """Where the listeners without a tracer answer."""
    services: tuple[str, ...]
    gateways: tuple[str, ...]


@contextmanager
def started(name: str, status: Mapping[str, Any], folder: Path, told: Told) -> Iterator[Side]:
    """Run one side for as long as the block lasts.

    Args:
        name: of the side.
        status: what `status --json` says of the platform.
        folder: for its files; made here.
        told: in which it differs.
    """
    folder.mkdir(parents=True)
    names = ("gateway", "statistics", *told.doors, *_MODULES)
    ports = {each: process.free_port() for each in names}
    with ExitStack() as running:
        tiers: dict[str, list[int]] = {"gateway": [], "backend": []}
        for component in _MODULES:
            env = settings(_environment(status, component), ports[component], told)
            argv = [sys.executable, "-m", _MODULES[component], "serve"]
            made = process.start(argv, env=env, log=folder / f"{component}.log")
            running.callback(_end, made)
            tiers["gateway" if component == "authz" else component].append(made.pid)
        config = Path(status["data"]) / "config/gateway-1/envoy.json"
        file = _bootstrap(json.loads(config.read_text()), folder, ports, told)
        argv = [str(envoy.find().path), "-c", str(file), "--concurrency", "1"]
        argv += ["--disable-hot-restart", "-l", "error"]
        made = process.start(argv, env={}, log=folder / "envoy.log")
        running.callback(_end, made)
        tiers["gateway"].append(made.pid)
        url = f"http://{HOST}:{ports['gateway']}"
        process.wait_until_answers(f"{url}/api/v1/openapi.json")
        services = tuple(f"http://{HOST}:{ports[each]}/metrics" for each in _MODULES)
        shown = f"http://{HOST}:{ports['statistics']}{STATISTICS}"
        bare = tuple(f"http://{HOST}:{ports[each]}" for each in told.doors)
        yield Side(Stack(name, url, tiers), bare, services, (shown,))


def settings(given: Mapping[str, str], port: int, told: Told) -> dict[str, str]:
    """Return what a replica of the side is told, made of what one of the platform was."""
    sent = {ENDPOINT: f"http://{HOST}:{told.collector}"} if told.collector else {}
    return {**given, **sent, **told.settings, "PORT": str(port), "HOST": HOST}


def bootstrap(
    given: dict[str, Any], folder: Path, ports: Mapping[str, int], told: Told
) -> dict[str, Any]:
    """Return what the side's Envoy is told, made of what the platform's was."""
    static = given["static_resources"]
    theirs, own = given["admin"]["address"]["pipe"]["path"], str(folder / "admin.sock")
    given["admin"]["address"]["pipe"]["path"] = own
    for listener, port in zip(static["listeners"], ("gateway", "statistics"), strict=True):
        listener["address"]["socket_address"] |= {"address": HOST, "port_value": ports[port]}
    for cluster in static["clusters"]:
        if "eds_cluster_config" in cluster:
            source = cluster["eds_cluster_config"]["eds_config"]["path_config_source"]
            source["path"] = str(folder / "endpoints" / f"{cluster['name']}.json")
            source["watched_directory"] = {"path": str(folder / "endpoints")}
        for address in _addresses(cluster):
            if address.get("pipe") == {"path": theirs}:
                address["pipe"] = {"path": own}
            elif cluster["name"] == STORE and told.collector:
                address["socket_address"]["port_value"] = told.collector
    first = static["listeners"][0]
    static["listeners"] += [_untraced(first, each, ports[each]) for each in told.doors]
    return given


def _addresses(cluster: Mapping[str, Any]) -> list[dict[str, Any]]:
    groups = cluster.get("load_assignment", {}).get("endpoints", [])
    return [each["endpoint"]["address"] for group in groups for each in group["lb_endpoints"]]


def _untraced(traced: Mapping[str, Any], name: str, port: int) -> dict[str, Any]:
    made = {**copy.deepcopy(dict(traced)), "name": name}
    made["address"]["socket_address"]["port_value"] = port
    manager = made["filter_chains"][0]["filters"][0]["typed_config"]
    del manager["tracing"], manager["request_id_extension"]
    return made


def _bootstrap(given: dict[str, Any], folder: Path, ports: Mapping[str, int], told: Told) -> Path:
    (folder / "endpoints").mkdir()
    for cluster in given["static_resources"]["clusters"]:
        if "eds_cluster_config" in cluster:
            _place(cluster, folder, ports)
    file = folder / "envoy.json"
    file.write_text(json.dumps(bootstrap(given, folder, ports, told)))
    return file


def _place(cluster: Mapping[str, Any], folder: Path, ports: Mapping[str, int]) -> None:
    """Write that a cluster has one replica, the side's own."""
    name = cluster["name"]
    source = cluster["eds_cluster_config"]["eds_config"]["path_config_source"]
    document = json.loads(Path(source["path"]).read_text())
    (group,) = document["resources"][0]["endpoints"]
    only = group["lb_endpoints"][0]
    only["endpoint"]["address"]["socket_address"]["port_value"] = ports[name]
    group["lb_endpoints"] = [only]
    (folder / "endpoints" / f"{name}.json").write_text(json.dumps(document))


def _environment(status: Mapping[str, Any], component: str) -> dict[str, str]:
    found = next(each for each in status["components"] if each["name"] == component)
    return dict(psutil.Process(found["pid"]).environ())


def _end(made: "subprocess.Popen[bytes]") -> None:
    if made.poll() is None:
        os.killpg(made.pid, signal.SIGKILL)
    made.wait()
