"""The registry of signals against what the code exposes.

A metric or a field that is new stands in it, and what stands in it is there.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from groundplan.targets.frontend import log as edge_log
from groundplan.targets.gateway import accesslog
from groundplan_backend.observability.log import AccessLine
from groundplan_backend.observability.metrics import Metrics as BackendMetrics
from groundplan_contracts.tracing import recorder
from groundplan_gateway.metrics import Metrics as AuthzMetrics

ROOT = Path(__file__).parents[2]
REGISTRY: dict[str, Any] = yaml.safe_load((ROOT / "services/contracts/signals.yaml").read_text())
METRICS: dict[str, Any] = REGISTRY["metrics"]
OTHERS: dict[str, dict[str, Any]] = REGISTRY["others"]
UNITS = re.compile(r"s|ms|us|d|By|1|%|\{[a-z -]+\}(/s)?")


class _Pool:
    """A pool as the metrics see it."""

    size, idle, used, pending, timeouts = 5, 1, 2, 0, 0


def _shown(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return type and labels of every metric of an exposition, by the name that queries use."""
    found = {}
    for family in text_string_to_metric_families(text):
        suffix = "_total" if family.type == "counter" else ""
        labels = {name for sample in family.samples for name in sample.labels} - {"le"}
        found[family.name + suffix] = (family.type, frozenset(labels))
    return found


def _backend() -> str:
    metrics = BackendMetrics()
    metrics.watch(_Pool())
    metrics.watch_spans(dict.fromkeys(recorder.OUTCOMES, 0))
    metrics.observe("GET", "/x", 200, 0.01)
    metrics.calls.note("redis", "GET", "GET", 0.0)
    metrics.dependency.labels("cache").set(1)
    for one, words in ((metrics.cache, ["hit"]), (metrics.sign_ins, ["granted"]),
                       (metrics.deployments, ["dev", "live"]), (metrics.uploads, ["ready"]),
                       (metrics.deliveries, ["missed"])):  # fmt: skip
        one.labels(*words).inc()
    return metrics.exposition().decode()


def _authz() -> str:
    metrics = AuthzMetrics(dict.fromkeys(recorder.OUTCOMES, 0))
    metrics.decisions["allowed"] += 1
    metrics.answered("GET", 200, 0.001)
    metrics.redis_answered(0.001, 1)
    return metrics.exposition().decode()


EXPOSED = {"backend": _backend, "authz": _authz}


def differences(service: str, shown: Mapping[str, tuple[str, frozenset[str]]]) -> list[str]:
    """Return how an exposition differs from the registry."""
    listed = {name: each for name, each in METRICS.items() if service in each["emits"]}
    found = [f"{name} is not listed" for name in shown.keys() - listed.keys()]
    found += [f"{name} is not there" for name in listed.keys() - shown.keys()]
    for name in listed.keys() & shown.keys():
        kind, labels = shown[name]
        if kind != listed[name]["type"]:
            found.append(f"{name} is a {kind}")
        if labels != listed[name].get("labels", {}).keys():
            found.append(f"{name} has the labels {sorted(labels)}")
    return sorted(found)


@pytest.mark.parametrize("service", EXPOSED)
def test_what_services_expose_is_listed_and_what_is_listed_is_exposed(service: str) -> None:
    """Names, types and labels are those of the registry."""
    assert [] == differences(service, _shown(EXPOSED[service]()))


def test_a_metric_that_is_new_or_gone_is_found() -> None:
    """The comparison notices a name that nobody listed, one that went, and another type."""
    shown = _shown(_backend())
    del shown["sign_ins_total"]
    shown["surprises_total"] = ("counter", frozenset())
    shown["dependency_up"] = ("counter", frozenset({"dependency"}))
    assert [
        "dependency_up is a counter",
        "sign_ins_total is not there",
        "surprises_total is not listed",
    ] == differences("backend", shown)


def test_every_entry_says_what_it_counts_and_in_what() -> None:
    """Type, unit and a sentence, none left out; names fit their types."""
    every = [*METRICS.items(), *(one for each in OTHERS.values() for one in each.items())]
    for name, told in every:
        assert told["type"] in ("counter", "gauge", "histogram"), name
        assert UNITS.fullmatch(told["unit"]), name
        assert told["means"].endswith("."), name
    for name, told in METRICS.items():
        assert (told["type"] == "counter") == name.endswith("_total"), name


def test_no_name_stands_for_two_things() -> None:
    """A metric is ours or somebody else's, and of one of them."""
    names = [*METRICS, *(name for each in OTHERS.values() for name in each)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("service", "fields"),
    [
        ("frontend", edge_log.FIELDS),
        ("gateway", accesslog.access_log()[0]["typed_config"]["log_format"]["json_format"]),
        ("backend", AccessLine.__struct_fields__),
    ],
)
def test_the_fields_of_logs_are_listed(service: str, fields: Iterable[str]) -> None:
    """A line holds what the registry says, no more and no less."""
    assert set(REGISTRY["logs"][service]) == set(fields)


def test_every_line_can_be_joined_to_its_trace() -> None:
    """Whoever writes of a request names the trace and the request."""
    for fields in REGISTRY["logs"].values():
        assert {"trace_id", "request_id"} <= fields.keys()


def test_spans_say_who_emits_them_and_what_they_hold() -> None:
    """Each has a name, a kind, somebody who emits it and what it means."""
    for name, told in REGISTRY["spans"].items():
        assert {"name", "kind", "emits", "means"} <= told.keys(), name
        assert told["kind"] in ("server", "client", "internal"), name
