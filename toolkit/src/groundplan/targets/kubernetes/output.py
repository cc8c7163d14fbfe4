"""What Terraform said of the account, or a word that says it has not been asked yet.

The words are such that no delivery accepts them, and the host is one that no name server knows.
"""

from typing import Final

from groundplan.model.placement import Placement

NOT_APPLIED: Final = "not-applied"
NOWHERE: Final = f"{NOT_APPLIED}.invalid"


def value(placement: Placement, name: str) -> str:
    """Return an output of Terraform by its name."""
    return placement.outputs.get(name, NOT_APPLIED)


def host(placement: Placement, name: str) -> str:
    """Return an output that is the name of a host."""
    return placement.outputs.get(name, NOWHERE)
