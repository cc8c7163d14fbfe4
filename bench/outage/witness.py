"""What an outage leaves behind: spans that senders lost, and how the store shows its time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bench.tracing.side import STATISTICS

SENT: Final = "sent"
FAILED: Final = "gateway exports failed"
_SPANS: Final = "tracing_spans_total"
_CLUSTER: Final = "telemetry"
_FAILURES: Final = (
    "envoy_cluster_upstream_cx_connect_fail",
    "envoy_cluster_upstream_rq_timeout",
    "envoy_cluster_upstream_rq_pending_overflow",
)


@dataclass(frozen=True, slots=True)
class Senders:
    """Who sends spans: where the services and the gateways show their figures."""

    services: Sequence[str]
    gateways: Sequence[str]

    def counts(self) -> dict[str, float]:
        """Return the spans of the services by outcome, and the gateways' failed exports."""
        found: dict[str, float] = {SENT: 0.0, FAILED: 0.0}
        for sample in _samples(self.services):
            if sample.name == _SPANS:
                outcome = sample.labels["outcome"]
                found[outcome] = found.get(outcome, 0.0) + sample.value
        for sample in _samples(self.gateways):
            if sample.name.removesuffix("_total") in _FAILURES and _is_export(sample):
                found[FAILED] += sample.value
        return found

    def sent(self) -> float:
        """Return how many spans of the services have arrived."""
        return self.counts()[SENT]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a store shows a time without it."""

    samples: int
    """Of `up`, within that time; nothing may be made up."""
    gaps: Sequence[str]
    """Its own words on what is missing."""


def senders_of(status: Mapping[str, Any]) -> Senders:
    """Return the senders of a running platform."""
    services, gateways = [], []
    for each in status["components"]:
        if each["kind"] in ("authorization", "backend"):
            services.append(f"http://127.0.0.1:{each['port']}/metrics")
        elif each["kind"] == "gateway":
            gateways.append(_statistics(status, f"{each['name']}-{each['replica']}"))
    return Senders(services, gateways)


def shown(status: Mapping[str, Any], store: str, since: float, until: float) -> Shown:
    """Return what a store says of a time that lies behind it, as seconds since 1970."""
    key = (Path(status["data"]) / "secrets/telemetry-key").read_text().strip()
    with httpx.Client(
        base_url=store, headers={"authorization": f"Bearer {key}"}, timeout=10
    ) as desk:
        asked = {"query": f"up[{max(1, int(until - since))}s]", "time": str(until)}
        series = desk.get("/api/v1/query", params=asked).raise_for_status().json()["data"]
        gaps = desk.get("/state").raise_for_status().json()["gaps"]
    return Shown(
        samples=sum(len(each["values"]) for each in series["result"]),
        gaps=[
            f"{each['signal']}: {each['reason']}"
            for each in gaps
            if _moment(each["from"]) < until and _moment(each["to"]) > since
        ],
    )


def _statistics(status: Mapping[str, Any], replica: str) -> str:
    file = Path(status["data"]) / "config" / replica / "envoy.json"
    listeners = json.loads(file.read_text())["static_resources"]["listeners"]
    at = listeners[1]["address"]["socket_address"]
    return f"http://{at['address']}:{at['port_value']}{STATISTICS}"


def _samples(urls: Sequence[str]) -> Any:
    for url in urls:
        text = httpx.get(url, timeout=10).raise_for_status().text
        for family in text_string_to_metric_families(text):
            yield from family.samples


def _is_export(sample: Any) -> bool:
    return bool(sample.labels.get("envoy_cluster_name") == _CLUSTER)


def _moment(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()
