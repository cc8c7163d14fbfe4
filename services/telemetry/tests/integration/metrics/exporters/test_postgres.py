"""The exporter of PostgreSQL, before a real one."""

import asyncio
import contextlib
from typing import Any

import asyncpg

from groundplan_telemetry.metrics.collect import exposition
from groundplan_telemetry.metrics.exporters.postgres import Exporter


def _found(text: str) -> dict[str, float]:
    return {line.series: line.value for line in exposition.lines(text)}


async def _connected(owner: str) -> asyncpg.Connection:
    for _ in range(200):
        with contextlib.suppress(asyncpg.CannotConnectNowError):
            return await asyncpg.connect(owner)
        await asyncio.sleep(0.02)
    raise TimeoutError(owner)


async def _prepare(postgres: Any) -> str:
    owner = f"postgresql://owner@127.0.0.1:{postgres.port}/postgres"
    connection = await _connected(owner)
    await connection.execute("create role watcher login password 'x'; grant pg_monitor to watcher")
    await connection.execute("create database shop")
    await connection.close()
    return owner.replace("owner@", "watcher:x@")


async def test_a_database_is_described(postgres: Any) -> None:
    """A role that only watches sees the statistics, with the names of postgres_exporter."""
    address = await _prepare(postgres)
    exporter = Exporter(lambda: address, "")
    await exporter()
    found = _found(await exporter())
    names = {exposition.labels(series)[0] for series in found}
    wanted = {"pg_stat_database_xact_commit", "pg_stat_database_blks_hit", "pg_locks_count",
              "pg_stat_database_deadlocks", "pg_stat_database_temp_bytes",
              "pg_settings_max_connections", "pg_postmaster_start_time_seconds",
              "pg_replication_is_replica", "pg_stat_archiver_failed_count"}  # fmt: skip
    assert set() == wanted - names
    assert 1.0 == found["pg_up"]
    assert 1.0 <= found['pg_stat_activity_count{datname="postgres",state="active"}']
    assert 0.0 == found['pg_stat_activity_count{datname="shop",state="idle in transaction"}']
    assert found['pg_database_size_bytes{datname="shop"}'] > 1e6
    checkpoints = ("pg_stat_bgwriter_", "pg_stat_checkpointer_")
    assert any(series.startswith(checkpoints) for series in found)
    await exporter.close()


async def test_a_database_that_is_out_is_not_up(postgres: Any) -> None:
    """A database that refuses, went away or never was is said to be out, and nothing else is."""
    address = await _prepare(postgres)
    refused = Exporter(lambda: address.replace("watcher:x", "nobody:x"), "")
    assert {"pg_up": 0.0} == _found(await refused())
    exporter = Exporter(lambda: address, "")
    assert 1.0 == _found(await exporter())["pg_up"]
    postgres.stop()
    assert {"pg_up": 0.0} == _found(await exporter())
    assert {"pg_up": 0.0} == _found(await exporter())
