"""The store's own lines are JSON, as those of all services."""

import json

import structlog

from groundplan_telemetry import log


def test_a_line_is_one_object(capfd):
    """Time, level and message have the names by which the store itself reads them."""
    log.configure("info")
    structlog.get_logger().info("write.failed", signal="logs")
    structlog.get_logger().debug("not shown")
    found = json.loads(capfd.readouterr().out)
    assert {"message": "write.failed", "level": "info", "signal": "logs"}.items() <= found.items()
    assert found["time"].endswith("Z")
