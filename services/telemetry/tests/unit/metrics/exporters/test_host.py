"""This machine, with the names of node_exporter."""

from pathlib import Path

from groundplan_telemetry.metrics.collect import exposition
from groundplan_telemetry.metrics.exporters.host import Exporter


async def test_the_machine_is_described(tmp_path: Path) -> None:
    """Processors, memory, the disk of the folder and the network are there, in base units."""
    found = {line.series: line.value for line in exposition.lines(await Exporter(str(tmp_path))())}
    names = {exposition.labels(series)[0] for series in found}
    wanted = {"node_cpu_seconds_total", "node_load1", "node_boot_time_seconds",
              "node_memory_MemTotal_bytes", "node_memory_MemAvailable_bytes",
              "node_filesystem_size_bytes", "node_filesystem_avail_bytes",
              "node_network_transmit_bytes_total"}  # fmt: skip
    assert set() == wanted - names
    assert 0 < found["node_memory_MemAvailable_bytes"] < found["node_memory_MemTotal_bytes"]
    (disk,) = [series for series in found if series.startswith("node_filesystem_size_bytes")]
    assert str(tmp_path).startswith(exposition.labels(disk)[1]["mountpoint"])
