"""Sides are the platform's own gateway and backend; what they are told is all that differs."""

import copy
from pathlib import Path
from typing import Any

from bench.tracing import side
from bench.tracing.side import Told

PORTS = {"gateway": 1, "statistics": 2, "authz": 3, "backend": 4}
DOORS = {**PORTS, "untraced-0": 5, "untraced-1": 6}
TOLD = {
    "PORT": "9000",
    "REDIS_URL_FILE": "/secrets/redis",
    "OTEL_SERVICE_NAME": "backend",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318",
    "TRACES_KEY_FILE": "/secrets/key",
}


def _listener(port: int, **told: Any) -> dict[str, Any]:
    manager = {"typed_config": {"stat_prefix": "gateway", **told}}
    address = {"socket_address": {"address": "0.0.0.0", "port_value": port}}
    return {"address": address, "filter_chains": [{"filters": [manager]}]}


def _store() -> dict[str, Any]:
    return _at("telemetry", {"socket_address": {"address": "127.0.0.1", "port_value": 4318}})


def _at(name: str, address: dict[str, Any]) -> dict[str, Any]:
    endpoint = {"lb_endpoints": [{"endpoint": {"address": address}}]}
    return {"name": name, "load_assignment": {"endpoints": [endpoint]}}


def _envoy() -> dict[str, Any]:
    admin = _at("admin", {"pipe": {"path": "/run/admin.sock"}})
    main = _listener(8080, tracing={"provider": {}}, request_id_extension={})
    source = {"path": "/config/endpoints/backend.json", "watched_directory": {"path": "/config"}}
    backend = {"name": "backend", "eds_cluster_config": {}}
    backend["eds_cluster_config"] = {"eds_config": {"path_config_source": source}}
    return {
        "admin": {"address": {"pipe": {"path": "/run/admin.sock"}}},
        "static_resources": {
            "listeners": [main, _listener(9901)],
            "clusters": [backend, admin, _store()],
            "secrets": [{"name": "gateway-key"}, {"name": "traces-key"}],
        },
    }


def test_a_side_is_told_what_the_platforms_own_were() -> None:
    """But for where it listens."""
    assert {**TOLD, "PORT": "4", "HOST": "127.0.0.1"} == side.settings(TOLD, 4, Told())


def test_doors_differ_in_traces_alone() -> None:
    """Taking traces and name out of the first makes the others, each on its own port."""
    made = side.bootstrap(_envoy(), Path("/side"), DOORS, Told(untraced=2))
    first, _, *bare = made["static_resources"]["listeners"]
    manager = first["filter_chains"][0]["filters"][0]["typed_config"]
    del manager["tracing"], manager["request_id_extension"]
    expected = []
    for name, port in (("untraced-0", 5), ("untraced-1", 6)):
        door = copy.deepcopy(first)
        door["address"]["socket_address"]["port_value"] = port
        expected.append({**door, "name": name})
    assert expected == bare


def test_the_platforms_own_door_keeps_its_tracer() -> None:
    """Negative control: copies are taken, and what they lack is not taken from the first."""
    made = side.bootstrap(_envoy(), Path("/side"), DOORS, Told(untraced=2))
    manager = made["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]
    assert {"tracing", "request_id_extension"} <= manager["typed_config"].keys()


def test_a_side_listens_and_looks_on_its_own() -> None:
    """No port, socket or file is the platform's."""
    made = side.bootstrap(_envoy(), Path("/side"), PORTS, Told())
    static = made["static_resources"]
    ports = [each["address"]["socket_address"]["port_value"] for each in static["listeners"]]
    assert [1, 2] == ports
    assert "/side/admin.sock" == made["admin"]["address"]["pipe"]["path"]
    assert "/config" not in str(static["clusters"])
    assert "/run/admin.sock" not in str(made)


def test_a_side_may_have_a_collector_of_its_own() -> None:
    """Its services and its Envoy send spans there, and nothing else is told otherwise."""
    told = Told(collector=7, settings={"TRACES_KIND": "jaeger"})
    assert {
        **side.settings(TOLD, 4, Told()),
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:7",
        "TRACES_KIND": "jaeger",
    } == side.settings(TOLD, 4, told)
    made = side.bootstrap(_envoy(), Path("/side"), PORTS, told)
    (sent,) = made["static_resources"]["clusters"][2]["load_assignment"]["endpoints"]
    at = sent["lb_endpoints"][0]["endpoint"]["address"]["socket_address"]
    assert {"address": "127.0.0.1", "port_value": 7} == at
