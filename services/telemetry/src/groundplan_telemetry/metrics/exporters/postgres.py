"""PostgreSQL: what its statistics say, with the names of postgres_exporter."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from groundplan_telemetry.metrics.collect.exposition import written

if TYPE_CHECKING:
    import asyncpg

WAIT: Final = 3.0
FAILED: Final = "pg_up 0\n"

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """A query whose columns are metrics, but for those that are labels.

    `since` is the first major version that has what it asks for, `until` the last.
    """

    prefix: str
    sql: str
    labels: tuple[str, ...] = ()
    since: int = 0
    until: int = 99


QUESTIONS: Final = (
    Question(
        "pg_stat_database",
        """select datid::text, datname, numbackends, xact_commit, xact_rollback, blks_read,
        blks_hit, tup_returned, tup_fetched, tup_inserted, tup_updated, tup_deleted, conflicts,
        temp_files, temp_bytes, deadlocks, blk_read_time, blk_write_time
        from pg_stat_database where datname is not null and datname not like 'template%'""",
        ("datid", "datname"),
    ),
    Question(
        "pg_stat_activity",
        """select d.datname, s.state, count(a.pid) as count,
        coalesce(max(extract(epoch from now() - a.xact_start)), 0)::float8 as max_tx_duration
        from pg_database d cross join (values ('active'), ('idle'), ('idle in transaction'),
        ('idle in transaction (aborted)')) s(state)
        left join pg_stat_activity a on a.datname = d.datname and a.state = s.state
        where not d.datistemplate group by 1, 2""",
        ("datname", "state"),
    ),
    Question(
        "pg_settings",
        """select max(setting::float8) filter (where name = 'max_connections')
        as max_connections,
        max(setting::float8) filter (where name = 'superuser_reserved_connections')
        as superuser_reserved_connections from pg_settings
        where name in ('max_connections', 'superuser_reserved_connections')""",
    ),
    Question(
        "pg_locks",
        """select d.datname, lower(l.mode) as mode, count(*) as count
        from pg_locks l join pg_database d on d.oid = l.database group by 1, 2""",
        ("datname", "mode"),
    ),
    Question(
        "pg_database",
        """select datname, pg_database_size(oid) as size_bytes
        from pg_database where not datistemplate and has_database_privilege(oid, 'connect')""",
        ("datname",),
    ),
    Question(
        "pg_postmaster",
        """select extract(epoch from pg_postmaster_start_time())::float8
        as start_time_seconds""",
    ),
    Question(
        "pg_replication",
        """select pg_is_in_recovery()::int as is_replica,
        case when pg_is_in_recovery() then greatest(0, extract(epoch from now() -
        pg_last_xact_replay_timestamp()))::float8 else 0 end as lag_seconds""",
    ),
    Question(
        "pg_stat_archiver",
        """select archived_count, failed_count,
        extract(epoch from now() - last_archived_time)::float8 as last_archive_age
        from pg_stat_archiver""",
    ),
    Question(
        "pg_stat_bgwriter",
        """select checkpoints_timed as checkpoints_timed_total,
        checkpoints_req as checkpoints_req_total, buffers_checkpoint as buffers_checkpoint_total
        from pg_stat_bgwriter""",
        until=16,
    ),
    Question(
        "pg_stat_checkpointer",
        """select num_timed as num_timed_total, num_requested as num_requested_total,
        buffers_written as buffers_written_total from pg_stat_checkpointer""",
        since=17,
    ),
    Question(
        "pg_stat_user_tables",
        """select current_database() as datname, schemaname, relname, seq_scan,
        coalesce(idx_scan, 0) as idx_scan, n_live_tup, n_dead_tup, n_tup_ins, n_tup_upd,
        n_tup_del, coalesce(extract(epoch from last_autovacuum), 0)::float8 as last_autovacuum
        from pg_stat_user_tables""",
        ("datname", "schemaname", "relname"),
    ),
)


class Exporter:
    """Asks one PostgreSQL, over one connection that is kept."""

    def __init__(self, address: Callable[[], str], authority: str) -> None:
        """Take what reads the address, with the password, and who vouches for the server."""
        self._address, self._authority = address, authority
        self._connection: asyncpg.Connection | None = None

    async def __call__(self) -> str:
        """Return an exposition; where PostgreSQL is out, it says that and nothing else."""
        # Loaded when it is asked for the first time: the store answers sooner.
        import asyncpg

        try:
            return await self._asked()
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await self.close()
            return FAILED
        except asyncio.CancelledError:
            await self.close()
            raise

    async def close(self) -> None:
        """Close the connection, at once."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()

    async def _asked(self) -> str:
        connection = self._connection or await self._connect()
        self._connection = connection
        major = connection.get_server_version().major
        lines = ["pg_up 1", written("pg_static", 1.0, short_version=str(major))]
        for question in QUESTIONS:
            if question.since <= major <= question.until:
                lines += exposition(question, await connection.fetch(question.sql, timeout=WAIT))
        return "\n".join(lines) + "\n"

    async def _connect(self) -> "asyncpg.Connection":
        import asyncpg

        trust = ssl.create_default_context(cafile=self._authority) if self._authority else False
        return await asyncpg.connect(
            self._address(),
            timeout=WAIT,
            ssl=trust,
            statement_cache_size=len(QUESTIONS),
            server_settings={"application_name": "telemetry", "jit": "off"},
        )


def exposition(question: Question, rows: Rows) -> Iterator[str]:
    """Yield the lines of a question's answer; what is not known there is left out."""
    for row in rows:
        shown = {name: str(row[name]) for name in question.labels if row[name] is not None}
        for name, value in row.items():
            if name not in question.labels and value is not None:
                with contextlib.suppress(ValueError):
                    yield written(f"{question.prefix}_{name}", float(value), **shown)
