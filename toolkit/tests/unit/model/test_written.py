"""Quantities are written as the file writes them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from groundplan.model import quantity, written


def test_writes_with_the_largest_whole_unit() -> None:
    """Durations, sizes and the rest come out as a person would put them."""
    assert ["25ms", "10s", "15m", "8h", "30d"] == [
        written.duration(each) for each in (0.025, 10.0, 900.0, 28800.0, 2592000.0)
    ]
    assert ["1Ki", "256Mi", "1.5Gi"] == [
        written.size(each) for each in (1024.0, 256 * 2.0**20, 1.5 * 2**30)
    ]
    assert "250m" == written.cpu(0.25)
    assert ["20%", "99.9%"] == [written.share(0.2), written.share(0.999)]
    assert "60-70%" == written.share_range((0.6, 0.7))
    assert ["10000/min", "50000/s"] == [written.rate(10000 / 60), written.rate(50000.0)]
    assert ["100MB/s", "1Gbps"] == [written.bandwidth(1e8), written.bandwidth(1.25e8)]


@given(st.integers(1, 10**9))
def test_a_written_duration_reads_back(milliseconds: int) -> None:
    """Reading what was written gives the same duration."""
    adapter: TypeAdapter[Any] = TypeAdapter(quantity.Duration)
    read = adapter.validate_python(written.duration(milliseconds / 1000), strict=True)
    assert milliseconds == round(read * 1000)


def test_every_pattern_has_its_writer() -> None:
    """The JSON Schema's patterns of quantities lead to what writes them, others to nothing."""
    assert written.duration is written.writer_for(quantity.DURATION)
    assert None is written.writer_for("^x$")
