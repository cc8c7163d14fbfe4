"""The exporter of Redis, before a real one."""

from typing import Any

import pytest

from groundplan_telemetry.metrics.collect import exposition
from groundplan_telemetry.metrics.exporters import redis as exporters
from groundplan_telemetry.metrics.exporters.redis import Exporter


def _found(text: str) -> dict[str, float]:
    return {line.series: line.value for line in exposition.lines(text)}


@pytest.mark.parametrize("password", [":sesame", "default:sesame"])
async def test_a_redis_is_described(redis: Any, password: str) -> None:
    """What INFO says has the names of redis_exporter, again over the same connection."""
    exporter = Exporter(lambda: f"redis://{password}@127.0.0.1:{redis.port}/0", "")
    await exporter()
    found = _found(await exporter())
    names = {exposition.labels(series)[0] for series in found}
    wanted = {"redis_connected_clients", "redis_commands_processed_total", "redis_instance_info",
              "redis_keyspace_hits_total", "redis_evicted_keys_total", "redis_uptime_in_seconds",
              "redis_rejected_connections_total", "redis_memory_used_bytes"}  # fmt: skip
    assert set() == wanted - names
    assert (1.0, 104_857_600.0) == (found["redis_up"], found["redis_memory_max_bytes"])
    assert 1.0 == found['redis_commands_total{cmd="auth"}']
    assert 1.0 <= found['redis_commands_total{cmd="info"}']
    await exporter.close()


async def test_a_redis_that_is_out_is_not_up(redis: Any) -> None:
    """A Redis that refuses, went away or never was is said to be out, and nothing else is."""
    wrong = Exporter(lambda: f"redis://:wrong@127.0.0.1:{redis.port}", "")
    assert {"redis_up": 0.0} == _found(await wrong())
    exporter = Exporter(lambda: f"redis://:sesame@127.0.0.1:{redis.port}", "")
    assert 1.0 == _found(await exporter())["redis_up"]
    redis.stop()
    assert {"redis_up": 0.0} == _found(await exporter())
    assert {"redis_up": 0.0} == _found(await exporter())


def test_what_info_says_of_keys_and_copies() -> None:
    """Keys by database, failed writes, and a copy's link are told of."""
    info = "db0:keys=5,expires=2,avg_ttl=0\r\naof_last_write_status:err\r\nrole:slave\r\n"
    found = _found(exporters.exposition(info + "master_link_status:down\r\nodd\r\n"))
    assert (5.0, 2.0) == (
        found['redis_db_keys{db="db0"}'], found['redis_db_keys_expiring{db="db0"}'])  # fmt: skip
    assert (0.0, 0.0) == (found["redis_aof_last_write_status"], found["redis_master_link_up"])
