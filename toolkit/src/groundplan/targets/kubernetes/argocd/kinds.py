"""Kinds of objects by API group, as projects list what they allow."""

from collections.abc import Mapping
from typing import Any

Kinds = Mapping[str, tuple[str, ...]]
"""Kinds by API group."""


def listed(kinds: Kinds) -> list[dict[str, Any]]:
    """Return kinds as a project of Argo CD lists them."""
    return [{"group": group, "kind": kind} for group, found in kinds.items() for kind in found]
