"""OpenTelemetry's protocol in protobuf, loaded when somebody speaks it."""

import subprocess
import sys

from groundplan_telemetry.otlp import protobuf

LATE = ("asyncpg", "google.protobuf", "httpx")


def _loaded(program: str) -> set[str]:
    """Return which of the heavy libraries a program has loaded in the end."""
    shown = f"{program}; import sys; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True)
    return set(found.stdout.decode().split()) & set(LATE)


def test_a_start_loads_nothing_that_can_wait() -> None:
    """Who starts the store waits neither for protobuf nor for what asks others."""
    assert set() == _loaded("import groundplan_telemetry.__main__")


def test_what_is_loaded_would_be_seen() -> None:
    """The check above can fail."""
    assert {"google.protobuf"} == _loaded("import groundplan_telemetry.otlp.protobuf")


def test_messages_are_read_and_written() -> None:
    """A request is bytes and back."""
    request = protobuf.ExportTraceServiceRequest()
    request.resource_spans.add().schema_url = "x"
    again = protobuf.ExportTraceServiceRequest.FromString(request.SerializeToString())
    assert "x" == again.resource_spans[0].schema_url
