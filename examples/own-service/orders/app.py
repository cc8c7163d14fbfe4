"""Orders: a small service that knows nothing of Groundplan.

It reads where its database is from DATABASE_URL, or in a cluster from the file that
DATABASE_URL_FILE names, and who calls from the headers that the gateway sets. Run it alone with
`DATABASE_URL=... granian --interface asgi app:app`.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TABLE = """
CREATE TABLE IF NOT EXISTS orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    article text NOT NULL CHECK (length(article) BETWEEN 1 AND 200),
    buyer text NOT NULL,
    ordered_at timestamptz NOT NULL DEFAULT now()
)
"""


def database_url() -> str:
    """Return where the database is; a cluster keeps it in a file, for it holds a password."""
    file = os.environ.get("DATABASE_URL_FILE")
    return Path(file).read_text().strip() if file else os.environ["DATABASE_URL"]


@asynccontextmanager
async def pool(app: Starlette) -> AsyncIterator[dict[str, asyncpg.Pool]]:
    """Hold connections for as long as the service runs."""
    async with asyncpg.create_pool(database_url(), min_size=1, max_size=5) as held:
        async with held.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(1)")
            await connection.execute(TABLE)
        yield {"pool": held}


async def list_orders(request: Request) -> JSONResponse:
    """Answer with the newest orders."""
    rows = await request.state.pool.fetch(
        "SELECT id, article, buyer, ordered_at FROM orders ORDER BY id DESC LIMIT 20"
    )
    items = [{**row, "ordered_at": row["ordered_at"].isoformat()} for row in rows]
    return JSONResponse({"items": items, "next": None})


async def create_order(request: Request) -> JSONResponse:
    """Take an order; the buyer is whoever the gateway says it is."""
    article = str((await request.json())["article"])
    number = await request.state.pool.fetchval(
        "INSERT INTO orders (article, buyer) VALUES ($1, $2) RETURNING id",
        article,
        request.headers["x-groundplan-subject"],
    )
    return JSONResponse({"id": number, "article": article}, status_code=201)


app = Starlette(
    lifespan=pool,
    routes=[
        Route("/api/orders", list_orders, methods=["GET"]),
        Route("/api/orders", create_order, methods=["POST"]),
    ],
)
