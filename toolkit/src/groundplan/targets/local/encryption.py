"""Which files of a certificate a process reads, and who vouches for it towards the runner."""

from groundplan.model.placement import Placement


def files(placement: Placement, component: str) -> tuple[str, ...]:
    """Return the files that a component shows to callers; none where nothing is encrypted."""
    if not placement.is_encrypted:
        return ()
    shown = placement.certificate(component)
    return shown.chain, shown.key


def authority(placement: Placement, component: str) -> str:
    """Return the file by which probes know a component; empty where nothing is encrypted."""
    return placement.certificate(component).authority if placement.is_encrypted else ""
