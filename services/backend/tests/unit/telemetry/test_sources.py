"""Every keeper of a signal answers all that is promised of one, with the same words."""

import inspect

import pytest

from groundplan_backend.telemetry import sources
from groundplan_backend.telemetry.elasticsearch import Elasticsearch
from groundplan_backend.telemetry.jaeger import Jaeger
from groundplan_backend.telemetry.prometheus import Prometheus
from groundplan_backend.telemetry.store_logs import StoreLogs
from groundplan_backend.telemetry.store_traces import StoreTraces


def _missing(promised: type, kept: type) -> list[str]:
    """Return the questions that `kept` takes otherwise than `promised`."""
    asked = [
        (name, member) for name, member in vars(promised).items() if inspect.isfunction(member)
    ]
    return [
        name
        for name, member in asked
        if not name.startswith("_")
        and inspect.signature(member) != inspect.signature(getattr(kept, name, lambda: None))
    ]


@pytest.mark.parametrize(
    ("promised", "kept"),
    [
        (sources.Metrics, Prometheus),
        (sources.Traces, StoreTraces),
        (sources.Traces, Jaeger),
        (sources.Logs, StoreLogs),
        (sources.Logs, Elasticsearch),
    ],
)
def test_a_keeper_answers_what_is_promised(promised: type, kept: type) -> None:
    """One can stand in another's place, and it says what it is."""
    assert [] == _missing(promised, kept)
    assert isinstance(kept.kind, str)  # type: ignore[attr-defined]


def test_a_keeper_that_answers_less_is_found() -> None:
    """The check above can fail."""
    assert {"search", "one", "services", "graph"} <= set(_missing(sources.Traces, StoreLogs))
