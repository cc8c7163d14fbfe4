"""Terraform or OpenTofu from PATH, and the folder of this machine that mirrors their providers.

A mirror holds `registry.terraform.io/hashicorp/aws` (OpenTofu: `registry.opentofu.org/...`); it
is looked for, and where there is none the program downloads its providers itself.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from groundplan.tools.found import Found, missing, on_path, version_of

OLDEST: Final = (1, 10)
"""The first with the lock file beside the state in S3, in both programs."""
COMMANDS: Final = {"terraform": "Terraform", "tofu": "OpenTofu"}
REGISTRIES: Final = {
    "Terraform": "registry.terraform.io",
    "OpenTofu": "registry.opentofu.org",
}
PROVIDER: Final = "hashicorp/aws"
HINT: Final = (
    "install Terraform (developer.hashicorp.com/terraform/install) or OpenTofu"
    " (opentofu.org/docs/intro/install), and have it on PATH"
)
PLACES: Final = ("~/.terraform.d/plugins", "/usr/local/share/terraform/plugins")
PARENTS: Final = ("/opt", "/usr/share")
"""Folders whose own folders may each be a mirror."""


def find() -> Found:
    """Return Terraform, else OpenTofu.

    Raises:
        ToolError: neither is there, or only one that is too old.
    """
    passed_over = []
    for command, name in COMMANDS.items():
        path = on_path(command)
        version = version_of(path, "version") if path else None
        if path and version and version >= OLDEST:
            return Found(name, path, version, "PATH")
        if path and version:
            passed_over.append(f"{name} {'.'.join(map(str, version))} is too old")
    wanted = f"Terraform or OpenTofu {'.'.join(map(str, OLDEST))} or newer"
    raise missing(wanted, "; ".join([*passed_over, HINT]))


def mirror(found: Found) -> Path | None:
    """Return the first folder that mirrors the AWS provider for a program, if there is one."""
    provider = Path(REGISTRIES[found.name], PROVIDER)
    return next((place for place in _places() if (place / provider).is_dir()), None)


def _places() -> Iterator[Path]:
    if cache := os.environ.get("TF_PLUGIN_CACHE_DIR"):
        yield Path(cache)
    yield from (Path(place).expanduser() for place in PLACES)
    for parent in PARENTS:
        folder = Path(parent)
        if folder.is_dir():
            yield from sorted(each for each in folder.iterdir() if each.is_dir())
