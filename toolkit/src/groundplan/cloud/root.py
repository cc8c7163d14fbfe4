"""A Terraform root and how Terraform is run in it: program, folder, working data, environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from groundplan.tools import terraform
from groundplan.tools.found import Found

CONFIG: Final = "TF_CLI_CONFIG_FILE"
QUIET: Final = {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"}
"""Terraform asks nothing, gives no advice of its own and looks for no news."""


@dataclass(frozen=True, slots=True)
class Root:
    """Where Terraform runs and with what."""

    program: Found
    folder: Path
    """Holds the .tf files."""
    data: Path
    """Holds what Terraform needs to work: providers, modules, the plan that is asked about."""
    environment: Mapping[str, str] = field(repr=False)
    variables: Mapping[str, str] = field(default_factory=dict)
    mirror: Path | None = None
    """A folder that mirrors the providers."""

    @property
    def words(self) -> list[str]:
        """The words that give the variables their values."""
        return [f"-var={name}={value}" for name, value in self.variables.items()]


def real(folder: Path, data: Path) -> Root:
    """Return the root of a real account: credentials and state are those of the caller.

    Raises:
        ToolError: there is no Terraform.
    """
    program = terraform.find()
    found = environment(data)
    return Root(program, folder, data, found, mirror=terraform.mirror(program))


def environment(data: Path) -> dict[str, str]:
    """Return the environment of Terraform, made from ours."""
    found = {**os.environ, **QUIET, "TF_DATA_DIR": str(data.absolute() / "terraform")}
    # Terraform refuses to start where this names a file that is not there
    if CONFIG in found and not Path(found[CONFIG]).exists():
        del found[CONFIG]
    return found
