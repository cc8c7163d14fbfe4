"""Redis: what INFO says, with the names of redis_exporter."""

import asyncio
import contextlib
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import hiredis

from groundplan_telemetry.metrics.collect.exposition import written

PLAIN: Final = {
    "uptime_in_seconds": "uptime_in_seconds",
    "connected_clients": "connected_clients",
    "blocked_clients": "blocked_clients",
    "maxclients": "config_maxclients",
    "used_memory": "memory_used_bytes",
    "used_memory_rss": "memory_used_rss_bytes",
    "used_memory_peak": "memory_used_peak_bytes",
    "maxmemory": "memory_max_bytes",
    "mem_fragmentation_ratio": "mem_fragmentation_ratio",
    "loading": "loading_dump_file",
    "aof_enabled": "aof_enabled",
    "aof_current_size": "aof_current_size_bytes",
    "rdb_changes_since_last_save": "rdb_changes_since_last_save",
    "rdb_last_save_time": "rdb_last_save_timestamp_seconds",
    "instantaneous_ops_per_sec": "instantaneous_ops_per_sec",
    "total_connections_received": "connections_received_total",
    "total_commands_processed": "commands_processed_total",
    "total_net_input_bytes": "net_input_bytes_total",
    "total_net_output_bytes": "net_output_bytes_total",
    "rejected_connections": "rejected_connections_total",
    "expired_keys": "expired_keys_total",
    "evicted_keys": "evicted_keys_total",
    "keyspace_hits": "keyspace_hits_total",
    "keyspace_misses": "keyspace_misses_total",
    "connected_slaves": "connected_slaves",
    "used_cpu_sys": "cpu_sys_seconds_total",
    "used_cpu_user": "cpu_user_seconds_total",
    "latest_fork_usec": "latest_fork_usec",
}
"""By the names of INFO."""
WELL: Final = {
    "aof_last_write_status": "aof_last_write_status",
    "aof_last_bgrewrite_status": "aof_last_bgrewrite_status",
    "rdb_last_bgsave_status": "rdb_last_bgsave_status",
}
"""1 where INFO says ok."""
KEYSPACE: Final = re.compile(r"keys=(\d+),expires=(\d+)")
COMMAND: Final = re.compile(r"calls=(\d+),usec=(\d+)(?:.*?failed_calls=(\d+))?")
FAILED: Final = "redis_up 0\n"


class RedisError(Exception):
    """Redis refuses to tell."""


class Exporter:
    """Asks one Redis, over one connection that is kept."""

    def __init__(self, address: Callable[[], str], authority: str) -> None:
        """Take what reads the address, with the password, and who vouches for the server."""
        self._address, self._authority = address, authority
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __call__(self) -> str:
        """Return an exposition; where Redis is out, it says that and nothing else."""
        try:
            return exposition(await self._info())
        except (OSError, RedisError, hiredis.HiredisError, EOFError):
            await self.close()
            return FAILED
        except asyncio.CancelledError:
            # An answer that nobody waited for must not be taken for the next one.
            await self.close()
            raise

    async def close(self) -> None:
        """Close the connection."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _info(self) -> str:
        if self._writer is None:
            await self._connect()
        found = await self._ask("INFO", "all")
        return found.decode(errors="replace")

    async def _connect(self) -> None:
        address = urlsplit(self._address())
        if address.scheme == "unix":
            self._reader, self._writer = await asyncio.open_unix_connection(address.path)
        else:
            self._reader, self._writer = await asyncio.open_connection(
                address.hostname, address.port or 6379, ssl=self._trust(address)
            )
        password = _password(address)
        if password:
            user = (unquote(address.username),) if address.username else ()
            await self._ask("AUTH", *user, password)

    def _trust(self, address: SplitResult) -> ssl.SSLContext | None:
        if address.scheme != "rediss":
            return None
        return ssl.create_default_context(cafile=self._authority or None)

    async def _ask(self, *words: str) -> bytes:
        assert self._reader is not None
        assert self._writer is not None
        packed: Any = hiredis.pack_command(words)  # type: ignore[arg-type] # stubs say 1-tuple
        self._writer.write(packed)
        await self._writer.drain()
        replies = hiredis.Reader()
        while (found := replies.gets()) is False:
            received = await self._reader.read(65536)
            if not received:
                raise EOFError
            replies.feed(received)
        if isinstance(found, hiredis.ReplyError):
            raise RedisError(str(found))
        return bytes(found)


def _password(address: SplitResult) -> str:
    asked = parse_qs(address.query).get("password", [""])
    return unquote(address.password) if address.password else asked[0]


def exposition(info: str) -> str:
    """Return what INFO says as an exposition."""
    said = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
    return "\n".join(["redis_up 1", *_plain(said), *_keys(said), *_commands(said)]) + "\n"


def _plain(said: Mapping[str, str]) -> Iterator[str]:
    for name, metric in PLAIN.items():
        with contextlib.suppress(KeyError, ValueError):
            yield written(f"redis_{metric}", float(said[name]))
    for name, metric in WELL.items():
        if name in said:
            yield written(f"redis_{metric}", float(said[name] == "ok"))
    if said.get("role") == "slave":
        yield written("redis_master_link_up", float(said.get("master_link_status") == "up"))
    shown = {"redis_version": said.get("redis_version", ""), "role": said.get("role", "")}
    yield written("redis_instance_info", 1.0, **shown)


def _keys(said: Mapping[str, str]) -> Iterator[str]:
    for name, value in said.items():
        found = KEYSPACE.match(value)
        if name.startswith("db") and found:
            yield written("redis_db_keys", float(found[1]), db=name)
            yield written("redis_db_keys_expiring", float(found[2]), db=name)


def _commands(said: Mapping[str, str]) -> Iterator[str]:
    for name, value in said.items():
        found = COMMAND.match(value)
        if name.startswith("cmdstat_") and found:
            cmd = name.removeprefix("cmdstat_")
            yield written("redis_commands_total", float(found[1]), cmd=cmd)
            yield written("redis_commands_duration_seconds_total", float(found[2]) / 1e6, cmd=cmd)
            if found[3]:
                yield written("redis_commands_failed_calls_total", float(found[3]), cmd=cmd)
