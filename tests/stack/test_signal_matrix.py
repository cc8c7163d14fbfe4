"""Each service and store gives the signals that the file's matrix says, the user's among them."""

import secrets
from collections.abc import Mapping

import httpx
import pytest
from signals import Store
from stack import People, Stack
from steady import eventually

from groundplan.loader import load
from groundplan.model.service import Kind

PAGES = (
    "/api/v1/catalog/services?limit=20",
    "/api/v1/catalog/services/backend/annotations?limit=20",
    "/api/emitter",
    "/api/orders",
    "/api/plain/",
)
STORES = ("database", "cache")
UNSAID = ("logs",)
"""What a service gives of which the file says nothing."""
EMITTER = "emitter"
WITHIN = 15.0


def matrix(stack: Stack) -> dict[str, set[str]]:
    """Return what every service and store must give."""
    platform = load(stack.file, "local")
    said: Mapping[str, tuple[str, ...]] = platform.objectives.signals
    return {name: set(said.get(name, UNSAID)) for name in (*platform.services, *STORES)}


def given(store: Store, component: str) -> set[str]:
    """Return the signals that a component gives; a store's spans are those of who asks it."""
    if component in STORES:
        traced = {each["to"] for each in store.get("/graph")["items"]}
    else:
        traced = {each["service"] for each in store.get("/services")["items"]}
    found = {"traces"} if component in traced else set()
    seen = store.get("/api/v1/query", query=f'up{{job="{component}"}} == 1')
    if seen["data"]["result"]:
        found.add("metrics")
    if store.get("/logs", service=component, limit="1")["items"]:
        found.add("logs")
    return found


@pytest.fixture
def store(ready: Stack) -> Store:
    """The store of the running platform."""
    return Store(ready)


async def test_the_matrix_is_kept(ready: Stack, signed_in: People, store: Store) -> None:
    """After a few requests every cell is there, of every service and store of the file."""
    headers = {**signed_in.headers("viewer"), "cache-control": "no-cache"}
    for page in PAGES * 2:
        httpx.get(f"{ready.url}{page}", headers=headers)
    wanted = matrix(ready)

    def missing() -> dict[str, set[str]]:
        found = {name: signals - given(store, name) for name, signals in wanted.items()}
        return {name: signals for name, signals in found.items() if signals}

    await eventually(lambda: not missing(), WITHIN, f"{missing()} are there")


def test_the_matrix_names_everybody(ready: Stack) -> None:
    """All three signals of ours, of the stores and of one of the user's; of the others, logs."""
    whole = {"frontend", "gateway", "authz", "backend", *STORES, EMITTER}
    services = load(ready.file, "local").services
    quiet = {name for name, each in services.items() if each.kind is Kind.SERVICE} - {EMITTER}
    assert quiet
    expected = {name: {"traces", "metrics", "logs"} for name in whole}
    expected |= {name: {"logs"} for name in quiet}
    assert expected == matrix(ready)


async def test_a_service_of_the_users_is_in_the_trace(
    ready: Stack, signed_in: People, store: Store
) -> None:
    """Sent by the variables alone, its span is below Envoy's; its line and replica are told."""
    trace = secrets.token_hex(16)
    told = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
    told |= signed_in.headers("viewer")
    assert 200 == httpx.get(f"{ready.url}/api/{EMITTER}", headers=told).status_code
    spans = store.wait_for(trace, {"frontend", "gateway", EMITTER}, WITHIN)
    by_service = {each["service"]: each for each in spans if each["kind"] == "server"}
    assert {"frontend", "gateway", EMITTER} <= by_service.keys()
    own, gateway = by_service[EMITTER], by_service["gateway"]
    assert (gateway["span_id"], f"{EMITTER}-1") == (own["parent_id"], own["replica"])

    def is_found() -> bool:
        return bool(store.get("/logs", service=EMITTER, trace_id=trace)["items"])

    await eventually(is_found, WITHIN, "the line of the request is found by its trace")


async def test_its_metrics_are_collected(ready: Stack, signed_in: People, store: Store) -> None:
    """What it counts at /metrics is collected, under its own name."""
    httpx.get(f"{ready.url}/api/{EMITTER}", headers=signed_in.headers("viewer"))
    asked = f'emitted_total{{job="{EMITTER}", instance="{EMITTER}-1"}} > 0'

    def is_counted() -> bool:
        return bool(store.get("/api/v1/query", query=asked)["data"]["result"])

    await eventually(is_counted, WITHIN, "its requests are counted")


def test_what_the_file_does_not_ask_for_is_not_seen(store: Store) -> None:
    """The checker is awake: of whoever shows no metrics none are found, of nobody nothing."""
    assert "metrics" not in given(store, "plain")
    assert set() == given(store, "nobody")
