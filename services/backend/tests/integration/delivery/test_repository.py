"""With 100,000 deployments every question is answered from an index, in less than 100 ms."""

import asyncio
import json
import uuid
from typing import Any

import asyncpg
import pytest

from groundplan_backend.delivery import repository
from groundplan_backend.delivery.repository import NEWEST
from groundplan_backend.postgres import queries

DEPLOYMENTS = 100_000
LIMIT_MS = 100
SQL = queries.load(repository.__file__)
FILL = [
    """INSERT INTO release (id, service, version, digest, built_by, built_at, created_at)
    SELECT gen_random_uuid(), 'service-' || n % 50, 'v' || n, 'sha256:' || n, 'x', now(),
        now() - n * interval '1 minute' FROM generate_series(1, 20000) AS n""",
    """INSERT INTO deployment (id, environment, kind, services, state, approvals_required,
        created_at, finished_at)
    SELECT gen_random_uuid(), (ARRAY['local', 'dev', 'prod'])[n % 3 + 1], 'release',
        ARRAY['service-' || n % 50], CASE WHEN n % 1000 = 0 THEN 'planned'
            WHEN n % 7 = 0 THEN 'failed' ELSE 'live' END, 0,
        now() - n * interval '1 minute', now() FROM generate_series(1, 100000) AS n""",
    """INSERT INTO deployment_service (deployment_id, environment, service, created_at)
    SELECT id, environment, services[1], created_at FROM deployment""",
    """UPDATE deployment_service SET live = true WHERE deployment_id IN (
        SELECT DISTINCT ON (environment, services[1]) id FROM deployment
        WHERE state = 'live' ORDER BY environment, services[1], created_at DESC)""",
    """INSERT INTO delivery_event (id, at, type, environment, services, deployment_id, body)
    SELECT row_number() OVER (ORDER BY created_at), created_at, 'deployment.created',
        environment, services, id, '{}' FROM deployment""",
    "ANALYZE",
]
SERVICE = "service-7"


def _filtered(name: str, *filters: str) -> str:
    first = 4 if name == "list_deployments" else 5
    words = [
        f" AND deployment_shown.{column} = ${place}"
        for place, column in enumerate(filters, start=first)
    ]
    return SQL[name].replace("/* filters */", "".join(words))


PAGE = (*NEWEST, 51)
QUESTIONS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "all": (_filtered("list_deployments"), PAGE),
    "of an environment": (_filtered("list_deployments", "environment"), (*PAGE, "prod")),
    "in a state": (_filtered("list_deployments", "state"), (*PAGE, "planned")),
    "in a rare state of an environment": (
        _filtered("list_deployments", "environment", "state"),
        (*PAGE, "prod", "planned"),
    ),
    "in a state that none is in": (
        _filtered("list_deployments", "environment", "state"),
        (*PAGE, "prod", "awaiting_approval"),
    ),
    "of a service": (_filtered("list_deployments_of_service"), (*PAGE, SERVICE)),
    "of a service in a state": (
        _filtered("list_deployments_of_service", "environment", "state"),
        (*PAGE, SERVICE, "prod", "failed"),
    ),
    "of a service that there is not": (_filtered("list_deployments_of_service"), (*PAGE, "none")),
    "releases": (SQL["list_releases"], PAGE),
    "releases of a service": (SQL["list_releases_of_service"], (*PAGE, SERVICE)),
    "what is live": (SQL["list_live"], ()),
    "what comes": (SQL["list_coming"], ()),
    "work": (SQL["next_planned"], ("dev", None)),
    "abandoned work": (SQL["next_abandoned"], ("dev", None)),
    "the last event": (SQL["last_event"], ()),
    "the next event": (SQL["next_event"], (str(uuid.uuid4()),)),
    "events after one": (SQL["list_events"], (DEPLOYMENTS - 700, 500)),
    "events of a deployment": (SQL["list_events_of_deployment"], (uuid.uuid4(), 0, 51)),
}
LARGE = {"deployment", "deployment_service", "delivery_event"}


@pytest.fixture(scope="module")
def filled(stack: Any) -> str:
    """Return the URL of a database with 100,000 deployments."""

    async def fill() -> None:
        for statement in FILL:
            await stack.fetch(statement)

    asyncio.run(fill())
    return str(stack.database_url)


def _scans(plan: dict[str, Any]) -> set[str]:
    found = {plan["Relation Name"]} if plan["Node Type"] == "Seq Scan" else set()
    return found.union(*(_scans(part) for part in plan.get("Plans", [])))


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
async def test_no_question_reads_a_whole_table(filled: str, mode: str) -> None:
    """Each plan uses indexes and takes less than 100 ms, with known values and without."""
    connection = await asyncpg.connect(filled, server_settings={"plan_cache_mode": mode})
    slow, scanned = {}, {}
    try:
        for name, (statement, arguments) in QUESTIONS.items():
            explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
            ((text,),) = await connection.fetch(explain, *arguments)
            (explained,) = json.loads(text)
            if explained["Execution Time"] >= LIMIT_MS:
                slow[name] = explained["Execution Time"]
            if tables := _scans(explained["Plan"]) & LARGE:
                scanned[name] = tables
    finally:
        await connection.close()
    assert ({}, {}) == (slow, scanned)


async def test_a_scan_would_be_noticed(filled: str) -> None:
    """Negative control: a question without an index is found."""
    connection = await asyncpg.connect(filled)
    try:
        statement = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM deployment WHERE note = 'x'"
        ((text,),) = await connection.fetch(statement)
    finally:
        await connection.close()
    assert {"deployment"} == _scans(json.loads(text)[0]["Plan"])


def test_every_question_about_many_is_asked() -> None:
    """Whoever adds a statement that lists or takes adds a question here."""
    asked = {statement for statement, _ in QUESTIONS.values()}
    of_one = {"list_parts", "list_approvals", "list_artifacts"}
    named = {name for name in SQL if name.startswith(("list_", "next_", "last_"))} - of_one
    without = {"list_deployments", "list_deployments_of_service"}
    assert {SQL[name] for name in named - without} <= asked
