"""One side: a gateway, its authorisation and a backend, beside the platform that runs.

They are started from what the platform's own were told, on other ports. The side without traces
is told of nobody who takes spans; that is all in which the two differ.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import psutil

from bench import process
from bench.stack import Stack
from groundplan.tools import envoy

TOLD_OF_TRACES: Final = ("OTEL_EXPORTER_", "TRACES_KEY_FILE")
STORE: Final = "telemetry"
KEY: Final = "traces-key"
HOST: Final = "127.0.0.1"
_MODULES: Final = {"authz": "groundplan_gateway", "backend": "groundplan_backend"}


@contextmanager
def started(
    name: str, status: Mapping[str, Any], folder: Path, *, traced: bool
) -> Iterator[Stack]:
    """Run one side for as long as the block lasts.

    Args:
        name: of the side.
        status: what `status --json` says of the platform.
        folder: for its files; made here.
        traced: whether spans have anywhere to go.
    """
    folder.mkdir(parents=True)
    ports = {each: process.free_port() for each in ("gateway", "statistics", *_MODULES)}
    with ExitStack() as running:
        tiers: dict[str, list[int]] = {"gateway": [], "backend": []}
        for component in _MODULES:
            told = settings(_environment(status, component), ports[component], traced=traced)
            argv = [sys.executable, "-m", _MODULES[component], "serve"]
            made = process.start(argv, env=told, log=folder / f"{component}.log")
            running.callback(_end, made)
            tiers["gateway" if component == "authz" else component].append(made.pid)
        config = Path(status["data"]) / "config/gateway-1/envoy.json"
        file = _bootstrap(json.loads(config.read_text()), folder, ports, traced=traced)
        argv = [str(envoy.find().path), "-c", str(file), "--concurrency", "1"]
        argv += ["--disable-hot-restart", "-l", "error"]
        made = process.start(argv, env={}, log=folder / "envoy.log")
        running.callback(_end, made)
        tiers["gateway"].append(made.pid)
        url = f"http://{HOST}:{ports['gateway']}"
        process.wait_until_answers(f"{url}/api/v1/openapi.json")
        yield Stack(name, url, tiers)


def settings(told: Mapping[str, str], port: int, *, traced: bool) -> dict[str, str]:
    """Return what a replica of the side is told."""
    kept = {
        key: value for key, value in told.items() if traced or not key.startswith(TOLD_OF_TRACES)
    }
    return {**kept, "PORT": str(port), "HOST": HOST}


def bootstrap(
    told: dict[str, Any], folder: Path, ports: Mapping[str, int], *, traced: bool
) -> dict[str, Any]:
    """Return what the side's Envoy is told, made of what the platform's was."""
    static = told["static_resources"]
    told["admin"]["address"]["pipe"]["path"] = str(folder / "admin.sock")
    for listener, port in zip(static["listeners"], ("gateway", "statistics"), strict=True):
        listener["address"]["socket_address"] |= {"address": HOST, "port_value": ports[port]}
    for cluster in static["clusters"]:
        if "eds_cluster_config" in cluster:
            source = cluster["eds_cluster_config"]["eds_config"]["path_config_source"]
            source["path"] = str(folder / "endpoints" / f"{cluster['name']}.json")
            source["watched_directory"] = {"path": str(folder / "endpoints")}
    if not traced:
        manager = static["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
        del manager["tracing"], manager["request_id_extension"]
        static["clusters"] = [each for each in static["clusters"] if each["name"] != STORE]
        static["secrets"] = [each for each in static["secrets"] if each["name"] != KEY]
    return told


def _bootstrap(
    told: dict[str, Any], folder: Path, ports: Mapping[str, int], *, traced: bool
) -> Path:
    (folder / "endpoints").mkdir()
    for cluster in told["static_resources"]["clusters"]:
        if "eds_cluster_config" in cluster:
            _place(cluster, folder, ports)
    file = folder / "envoy.json"
    file.write_text(json.dumps(bootstrap(told, folder, ports, traced=traced)))
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
