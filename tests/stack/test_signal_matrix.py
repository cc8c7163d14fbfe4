"""Each service and store gives the signals that the file's matrix says."""

import httpx
from signals import Store
from stack import People, Stack
from steady import eventually

from groundplan.loader import load

PAGES = (
    "/api/v1/catalog/services?limit=20",
    "/api/v1/catalog/services/backend/annotations?limit=20",
)


def given(store: Store, component: str) -> set[str]:
    """Return the signals that a component gives; a store's spans are those of who asks it."""
    traced = {each["service"] for each in store.get("/services")["items"]}
    traced |= {each["to"] for each in store.get("/graph")["items"]}
    found = {"traces"} if component in traced else set()
    seen = store.get("/api/v1/query", query=f'up{{job="{component}"}} == 1')
    if seen["data"]["result"]:
        found.add("metrics")
    if store.get("/logs", service=component, limit="1")["items"]:
        found.add("logs")
    return found


async def test_the_matrix_is_kept(ready: Stack, signed_in: People) -> None:
    """After a few requests every cell is there."""
    headers = {**signed_in.headers("viewer"), "cache-control": "no-cache"}
    for page in PAGES * 2:
        httpx.get(f"{ready.url}{page}", headers=headers).raise_for_status()
    matrix, store = load(ready.file, "local").objectives.signals, Store(ready)
    assert {"frontend", "gateway", "authz", "backend", "database", "cache"} <= set(matrix)

    def missing() -> dict[str, set[str]]:
        found = {name: set(signals) - given(store, name) for name, signals in matrix.items()}
        return {name: signals for name, signals in found.items() if signals}

    await eventually(lambda: not missing(), 15, f"{missing()} are there")


def test_a_component_that_gives_nothing_is_found(ready: Stack) -> None:
    """The checker is awake."""
    assert set() == given(Store(ready), "nobody")
