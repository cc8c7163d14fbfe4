"""Prometheus: from PATH alone; no wheel brings it."""

from groundplan.tools.found import Found, missing, on_path, version_of

OLDEST = (2, 40)
HINT = "install it from your distribution or prometheus.io, or leave --prometheus away"


def find() -> Found:
    """Return the server.

    Raises:
        ToolError: there is none that is new enough.
    """
    path = on_path("prometheus")
    version = version_of(path, "--version") if path else None
    if path and version and version >= OLDEST:
        return Found("Prometheus", path, version, "PATH")
    raise missing("Prometheus 2.40 or newer", HINT)
