"""Where a frontend finds and keeps things: the site, the public state, its sockets and files."""

from typing import Final

from groundplan.model.placement import Discovery, Endpoint, Placement

IMAGE_SITE: Final = "/srv/site"
"""Where the image of the frontend holds the built console."""


def site_folder(placement: Placement) -> str:
    """Return the folder in which the built console stands; on this machine a link leads there."""
    if placement.discovery is Discovery.NAMES:
        return IMAGE_SITE
    return f"{placement.run_folder}/site"


def state_file(placement: Placement) -> str:
    """Return the file that anybody may read as /status.json."""
    return f"{placement.run_folder}/public-status.json"


def health_socket(placement: Placement, at: Endpoint) -> str:
    """Return the unix socket on which one replica answers probes, where all share one port."""
    return f"{_own(placement, at)}.sock"


def process_file(placement: Placement, at: Endpoint) -> str:
    """Return the file that holds the replica's process id."""
    return f"{_own(placement, at)}.pid"


def temporary_folder(placement: Placement, at: Endpoint, what: str) -> str:
    """Return a folder for bodies that do not fit into memory; nginx makes it."""
    return f"{_own(placement, at)}.{what}"


def _own(placement: Placement, at: Endpoint) -> str:
    name = f"{at.component}-{at.replica}" if at.replica else at.component
    return f"{placement.run_folder}/{name}"
