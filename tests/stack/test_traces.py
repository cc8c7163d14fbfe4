"""Signals of the whole platform: one trace through all of it, listed names, no secrets."""

import asyncio
import functools
import json
import secrets
import statistics
import time
from pathlib import Path

import asyncpg
import httpx
import pytest
import registry
from signals import Store
from stack import PASSWORD, People, Stack, stranger
from steady import eventually

from groundplan.loader import load
from groundplan.model.service import Kind

WAY = {"frontend", "gateway", "authz", "backend"}
SERVICES = "/api/v1/catalog/services"
EVERY = '{__name__=~".+"}'
PATIENCE = 20.0
"""Seconds for a trace to be found by, whatever else the machine does: no measure of how fast."""


def sampled(trace: str) -> str:
    """Return a header that begins a trace."""
    return f"00-{trace}-{secrets.token_hex(8)}-01"


@pytest.fixture
def seldom(ready: Stack) -> People:
    """Somebody who asks so seldom that the gateway leases nothing: authz is asked each time.

    A new one for each test: a token lasts five minutes, and all tests together may take longer.
    """
    return People({"viewer": stranger(ready, "viewer")})


@functools.cache
def origin(stack: Stack) -> str:
    """Return the platform's origin; a process is started to find it out."""
    return stack.url


def ask(stack: Stack, people: People, trace: str, **headers: str) -> httpx.Response:
    """Read the list of services past the cache, within a trace."""
    told = {**people.headers("viewer"), "traceparent": sampled(trace), "cache-control": "no-cache"}
    return httpx.get(f"{origin(stack)}{SERVICES}", headers=told | headers, timeout=10)


@pytest.fixture
def store(ready: Stack, seldom: People) -> Store:
    """The store, once it is told of all: others take it away, and full queues drop new spans."""
    found, until = Store(ready), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        trace = secrets.token_hex(16)
        ask(ready, seldom, trace)
        if {each["service"] for each in found.wait_for(trace, WAY, 3.0)} >= WAY:
            break
    return found


def test_one_request_is_one_trace(ready: Stack, seldom: People, store: Store) -> None:
    """Spans of nginx, Envoy, authorisation, backend and both stores are found together."""
    trace = secrets.token_hex(16)
    assert ask(ready, seldom, trace).status_code == 200
    spans = store.wait_for(trace, WAY, PATIENCE)
    assert WAY == {each["service"] for each in spans}
    systems = {each["attributes"].get("db.system.name") for each in spans}
    assert {"postgresql", "redis"} <= systems
    known = {each["span_id"] for each in spans}
    (root,) = [each for each in spans if each["parent_id"] not in known]
    assert ("frontend", "GET") == (root["service"], root["name"])


def test_a_trace_and_its_lines_name_each_other(ready: Stack, seldom: People, store: Store) -> None:
    """The lines of nginx, Envoy and the backend are found by the trace's id."""
    trace = secrets.token_hex(16)
    ask(ready, seldom, trace)
    wanted, until = {"frontend", "gateway", "backend"}, time.monotonic() + PATIENCE
    found: set[str] = set()
    while not wanted <= found and time.monotonic() < until:
        found = {each["service"] for each in store.get("/logs", trace_id=trace)["items"]}
        time.sleep(0.1)
    assert wanted == wanted & found


def test_a_refusal_is_no_failure(ready: Stack, store: Store) -> None:
    """Who may not come in leaves a trace that ends at the gateway, without an error in it."""
    trace = secrets.token_hex(16)
    told = {"traceparent": sampled(trace)}
    assert 401 == httpx.get(f"{ready.url}{SERVICES}", headers=told, timeout=10).status_code
    spans = store.wait_for(trace, {"frontend", "gateway"}, PATIENCE)
    assert {"frontend", "gateway"} <= {each["service"] for each in spans}
    assert [] == [each["name"] for each in spans if each["status"] == "error"]
    assert [] == [each for each in spans if registry.entry(each) is None]


def of_users(stack: Stack) -> set[str]:
    """Return the user's services; what they show is theirs."""
    services = load(stack.file, "local").services
    return {name for name, each in services.items() if each.kind is Kind.SERVICE}


def unlisted(found: dict[str, dict[str, set[str]]], users: set[str]) -> set[str]:
    """Return what the registry does not know: metrics of jobs, and all of a job without any."""
    return {
        f"{job}: {name}"
        for job in found.keys() - users
        for listed in [registry.metrics(job)]
        for name in registry.shown(found[job], listed) - listed.keys()
    }


def unshown(found: dict[str, dict[str, set[str]]]) -> set[str]:
    """Return what is listed and not collected, but what only comes with an event."""
    return {
        f"{job}: {name}"
        for job in registry.jobs()
        for listed in [registry.metrics(job)]
        for name in listed.keys() - registry.shown(found.get(job, ()), listed)
        if "optional" not in listed[name]
    }


def test_every_metric_that_is_collected_is_listed(ready: Stack, store: Store) -> None:
    """The registry knows every name of a live platform, job by job; users' services are theirs."""
    assert set() == unlisted(store.series(), of_users(ready))


async def test_every_metric_that_is_listed_is_collected(ready: Stack, store: Store) -> None:
    """The live platform shows every name of the registry, but what only comes with an event."""

    def missing() -> set[str]:
        return unshown(store.series())

    await eventually(lambda: set() == missing(), PATIENCE, f"{sorted(missing())} are collected")


def test_a_job_that_nobody_listed_is_found(ready: Stack) -> None:
    """The comparison fails for it, unless it is a user's; and for a job that shows nothing."""
    found = {"stranger": {"x_total": {"job"}}, "node": {"x": {"job"}, "a:b": {"job"}}}
    assert {"stranger: x_total", "node: x"} == unlisted(found, {"emitter"})
    assert {"node: x"} == unlisted(found, {"stranger"})
    assert "node: node_load1" in unshown(found)


def test_every_span_is_listed_and_what_is_listed_is_there(
    ready: Stack, seldom: People, store: Store
) -> None:
    """Name, kind and attributes are those of an entry; past the cache and to it, each is met."""
    cached, past = secrets.token_hex(16), secrets.token_hex(16)
    ask(ready, seldom, past)
    ask(ready, seldom, cached, **{"cache-control": "no-transform"})
    spans = [each for one in (past, cached) for each in store.wait_for(one, WAY, PATIENCE)]
    assert [] == [each for each in spans if registry.entry(each) is None]
    assert registry.emitted(WAY) == {(each["service"], registry.entry(each)) for each in spans}


def test_a_span_that_nobody_listed_is_found() -> None:
    """An attribute more, one less, another name, kind or service: none of these is listed."""
    held = {"db.system.name": "redis", "db.operation.name": "GET"}
    fine = {"service": "authz", "name": "GET", "kind": "client", "attributes": held}
    assert "command" == registry.entry(fine)
    less = {"db.operation.name": "GET"}
    for change in (
        {"attributes": held | {"enduser.id": "1"}},
        {"attributes": less},
        {"name": "SET"},
        {"kind": "server"},
        {"service": "frontend"},
    ):
        assert registry.entry(fine | change) is None, change


def test_no_signal_holds_a_secret(
    ready: Stack, seldom: People, signed_in: People, store: Store
) -> None:
    """Passwords, tokens, e-mails, values of statements, queries and bodies are found nowhere."""
    canary, trace = f"canary{secrets.token_hex(8)}", secrets.token_hex(16)
    told = {"cookie": f"refresh={canary}", "baggage": f"user={canary}", "user-agent": canary}
    ask(ready, seldom, trace, **told)
    _leave(ready, canary, trace)
    _employ_twice(ready, signed_in, canary, trace)
    asyncio.run(_spend(ready, canary))
    store.wait_for(trace, WAY, PATIENCE)
    _until_written(ready, store)
    tokens = [*seldom.tokens.values(), *signed_in.tokens.values()]
    wanted = [canary, *(token.split(".")[2] for token in tokens)]
    wanted += [store.key, *ready.credentials().values(), "viewer@stack.example"]
    wanted += [
        file.read_text().strip()
        for file in (ready.data / "secrets").iterdir()
        if file.is_file() and file.suffix != ".json"
    ]
    found = [
        f"{path.relative_to(ready.data)} holds {secret[:6]}..."
        for path in _signals(ready)
        for secret in wanted
        if secret.encode() in path.read_bytes()
    ]
    assert [] == found
    assert [] == store.get("/logs", text=canary)["items"]
    # On the disk traces and samples are packed: what the store says of them is looked through too.
    series = store.get("/api/v1/series", **{"match[]": EVERY})
    said = json.dumps([store.spans(trace), store.get("/logs", trace_id=trace), series])
    assert [] == [secret[:6] for secret in wanted if secret in said]


def test_the_search_for_secrets_can_fail(ready: Stack, store: Store) -> None:
    """What stands in a path is logged: the search finds it, in the files and in the store."""
    marker = _until_written(ready, store)
    assert any(marker.encode() in path.read_bytes() for path in _signals(ready))


def _until_written(stack: Stack, store: Store) -> str:
    """Ask for a path that nobody knows, and wait until its line is found: so are those before."""
    marker = f"marker{secrets.token_hex(8)}"
    httpx.get(f"{stack.url}/api/v1/{marker}", timeout=10)
    until = time.monotonic() + PATIENCE
    while not store.get("/logs", text=marker)["items"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    return marker


def _leave(stack: Stack, canary: str, trace: str) -> None:
    """Put the canary wherever a secret may stand in a request."""
    headers = {"traceparent": sampled(trace)}
    wrong = {"email": f"{canary}@stack.example", "password": canary, "delivery": "body"}
    httpx.post(f"{stack.url}/api/v1/identity/sign-in", json=wrong, headers=headers, timeout=10)
    httpx.get(f"{stack.url}{SERVICES}?code={canary}", headers=headers, timeout=10)
    headers |= {"authorization": f"Bearer {canary}", "x-api-key": canary}
    httpx.get(f"{stack.url}{SERVICES}", headers=headers, timeout=10)
    httpx.get(f"{stack.url}/?token={canary}", headers=headers, timeout=10)


def _employ_twice(stack: Stack, people: People, canary: str, trace: str) -> None:
    """Make a user whom there is already, and invite him: PostgreSQL's refusal names his e-mail."""
    headers = {**people.headers("administrator"), "traceparent": sampled(trace)}
    person = {"email": f"{canary}@stack.example", "role": "viewer"}
    url = f"{stack.url}/api/v1/identity"
    with httpx.Client(headers=headers, timeout=10) as desk:
        told = [desk.post(f"{url}/users", json=person | {"password": PASSWORD}) for _ in range(2)]
        desk.post(f"{url}/invitations", json=person)
    assert [201, 409] == [each.status_code for each in told]


async def _spend(stack: Stack, canary: str) -> None:
    """Let PostgreSQL write of a slow statement and of one that it refuses, with values in them."""
    url = (stack.data / "config/secrets/backend.database-url").read_text()
    connection = await asyncpg.connect(url)
    try:
        await connection.fetch("SELECT pg_sleep(0.6), $1::text", canary)
        await connection.execute("CREATE TEMP TABLE once (word text UNIQUE)")
        await connection.execute("INSERT INTO once VALUES ($1)", canary)
        with pytest.raises(asyncpg.UniqueViolationError):
            await connection.execute("INSERT INTO once VALUES ($1)", canary)
    finally:
        await connection.close()


def _signals(stack: Stack) -> list[Path]:
    """Return the files in which signals stand."""
    folders = (stack.data / "logs", stack.data / "telemetry")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_a_store_that_hangs_costs_nobody_anything(ready: Stack, signed_in: People) -> None:
    """Sampled requests are answered well while nobody takes their spans."""
    with ready.frozen("telemetry"):
        answers = [ask(ready, signed_in, secrets.token_hex(16)) for _ in range(100)]
    assert {200} == {each.status_code for each in answers}
    # Whoever waited for the store would wait seconds, each time.
    assert statistics.median(each.elapsed.total_seconds() for each in answers) < 1
