"""What the command takes from the platform file."""

from bench import peer
from bench.objectives import run


def test_the_rate_is_the_one_of_the_file() -> None:
    """A minute's requests, also where the file counts seconds."""
    assert [10_000, 12_000] == [run.per_minute("10000/min"), run.per_minute("200/s")]


def test_the_files_own_objectives_can_be_read() -> None:
    """The platform file has every figure that the run is held against."""
    promised = run.objectives((peer.ROOT / "platform.yaml").read_text())
    assert "200ms" == promised["api"]["latency"]["p95"]
    assert {"latency", "connections"} <= set(promised["database"])
