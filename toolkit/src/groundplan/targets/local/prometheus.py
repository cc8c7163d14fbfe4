"""A Prometheus beside the platform, for who wants to ask one: its process and what it watches.

It sees what the telemetry store sees: it scrapes the same places, and asks the store for what the
store's exporters say. Its configuration is written by the monitoring target.
"""

from collections.abc import Sequence
from typing import Any, Final

from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import PROMETHEUS, TELEMETRY, Platform
from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process, Program
from groundplan.targets.local import telemetry
from groundplan.targets.local.telemetry import KEY

SETTINGS: Final = f"{PROMETHEUS}/prometheus.yaml"
READY: Final = "/-/ready"
LIVE: Final = "/-/healthy"
EXPORTERS: Final = ("postgres", "redis", "host")
EXPORTED: Final = "/exporters"
"""Where the store shows what its exporters say."""


def config(written: str) -> File:
    """Return its settings, as the monitoring target has written them."""
    return File(SETTINGS, written, 0o600)


def process(
    platform: Platform, placement: Placement, folders: Folders, rules: Sequence[str]
) -> Process:
    """Return the process; it keeps no more than the store does, and nobody waits for it."""
    settings = f"{folders.config}/{SETTINGS}"
    kept = platform.observability.local
    return Process(
        component=PROMETHEUS,
        replica=1,
        kind=PROMETHEUS,
        program=Program.PROMETHEUS,
        arguments=(
            f"--config.file={settings}",
            f"--storage.tsdb.path={folders.data}/{PROMETHEUS}",
            f"--storage.tsdb.retention.time={round(kept.keep)}s",
            f"--storage.tsdb.retention.size={round(kept.size)}B",
            f"--web.listen-address={placement.replica(PROMETHEUS, 1).address}",
            "--log.format=json",
        ),
        port=placement.replica(PROMETHEUS, 1).address.port,
        probes=Probes(
            startup=Probe(path=LIVE, period=0.2, timeout=1.0, failures=150),
            readiness=Probe(path=READY, period=2.0, timeout=1.0, failures=3),
            liveness=Probe(path=LIVE, period=5.0, timeout=1.0, failures=3),
        ),
        directory=folders.data,
        reads=(settings, *rules),
        is_needed=False,
        note="shows figures without asking who looks",
    )


def collected(platform: Platform, placement: Placement, folders: Folders) -> list[dict[str, Any]]:
    """Return the places that it scrapes, as the store's settings have places."""
    told = telemetry.settings(platform, placement, folders, ())
    own = next(each for each in told["scrape"] if each["job"] == TELEMETRY)
    asked = [*(told[name] for name in EXPORTERS), *told["nginx"]]
    return [*told["scrape"], *(_exported(each, own, folders) for each in asked)]


def _exported(each: dict[str, Any], own: dict[str, Any], folders: Folders) -> dict[str, Any]:
    """Return a place of the store where an exporter's figures are shown."""
    at = own["url"].removesuffix("/metrics")
    return {
        **{name: each[name] for name in ("job", "instance", "labels", "interval")},
        "url": f"{at}{EXPORTED}/{each['instance']}",
        "authority": own["authority"],
        "key_file": f"{folders.config}/{KEY}",
    }
