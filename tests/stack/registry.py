"""The registry of signals as the stack tests hold live ones against it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml

REGISTRY: Final = yaml.safe_load(
    (Path(__file__).parents[2] / "services/contracts/signals.yaml").read_text()
)
COLLECTED: Final = {"up", "scrape_duration_seconds", "scrape_samples_scraped"}
"""What collecting itself adds to every job."""
REASON: Final = "sampling.reason"
"""Stands only in spans of requests that were not sampled."""
_PARTS: Final = re.compile(r"_(bucket|count|sum)$")
_PLACE: Final = re.compile(r"{([^}]+)}")


def jobs() -> set[str]:
    """Return every job of which metrics are listed."""
    ours = (job for each in REGISTRY["metrics"].values() for job in each["emits"])
    return {*REGISTRY["others"], *ours}


def metrics(job: str) -> dict[str, Any]:
    """Return what is listed of a job, ours and others', by name."""
    own = {name: each for name, each in REGISTRY["metrics"].items() if job in each["emits"]}
    return {**own, **REGISTRY["others"].get(job, {})}


def shown(names: Iterable[str], listed: dict[str, Any]) -> set[str]:
    """Return the metrics that collected series belong to; a histogram has three of them.

    What rules record bears a colon and is the rules' own, as alerts are.
    """
    every = {_metric(name, listed) for name in names if not name.startswith("ALERTS")}
    return {name for name in every - COLLECTED if ":" not in name}


def _metric(name: str, listed: dict[str, Any]) -> str:
    short = _PARTS.sub("", name)
    return short if listed.get(short, {}).get("type") == "histogram" else name


def entry(span: dict[str, Any]) -> str | None:
    """Return which of the listed spans this one is; None where none of them fits."""
    return next((name for name, told in REGISTRY["spans"].items() if _is(span, told)), None)


def emitted(services: set[str]) -> set[tuple[str, str | None]]:
    """Return the entries of these services, but those of requests that were not sampled."""
    return {
        (service, name)
        for name, told in REGISTRY["spans"].items()
        for service in services.intersection(told["emits"])
        if REASON not in told.get("attributes", ())
    }


def _is(span: dict[str, Any], told: dict[str, Any]) -> bool:
    """Tell whether who sends, kind, name and attributes are those of an entry."""
    held = span["attributes"]
    needed = set(told.get("attributes", ()))
    name = _PLACE.sub(lambda place: str(held.get(place[1], "")), told["name"]).strip()
    return (
        span["service"] in told["emits"]
        and (name, told["kind"]) == (span["name"], span["kind"])
        and needed <= held.keys() <= needed | set(told.get("optional", ()))
    )
