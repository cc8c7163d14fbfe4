"""What a supervisor is told to run, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from groundplan.model.folders import Folders
from groundplan.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Order:
    """One platform in one environment, in one data folder."""

    platform: Platform
    environments: Mapping[str, Platform]
    """All environments of the file, for the catalog."""
    environment: str
    folders: Folders
    port_base: int
    """The first port to try."""
    encrypted: bool = False
    """Whether all components speak TLS to each other and to people."""
    tunnelled: bool = False
    """Whether the cache's program cannot, so that an nginx does it."""
    prometheus: bool = False
    """Whether a Prometheus runs beside the platform."""
