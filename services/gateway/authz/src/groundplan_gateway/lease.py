"""Leases: reads of a busy caller that the gateway may let in without asking about each.

The reads of a lease are counted in the caller's limit before they are made. The gateway says how
many it expects and how many it still holds; what it gets tops these up to no more than the rule
allows one gateway to hold, so all gateways together never hold more than 2 % of the limit.
"""

from typing import Final

import msgspec

from groundplan_gateway.policy import Lease

_MOST: Final = 1_000_000_000


class Ask(msgspec.Struct, frozen=True):
    """What a gateway wants: a lease for so many reads, of which it still holds some."""

    id: int
    expected: int
    held: int


class Grant(msgspec.Struct, frozen=True):
    """What it gets: so many reads more, all to be made within so many milliseconds."""

    id: int
    reads: int
    milliseconds: int


def read(header: str | None) -> Ask | None:
    """Return what the gateway asks, or nothing when it asks nothing that makes sense."""
    if not header:
        return None
    words = header.split(" ")
    if len(words) != 3 or not all(word.isascii() and word.isdigit() for word in words):
        return None
    numbers = [int(word) for word in words]
    return Ask(*numbers) if max(numbers) <= _MOST else None


def reads_to_pay(ask: Ask | None, lease: Lease | None) -> int:
    """Return how many reads beyond the present one are to be counted for the lease."""
    if ask is None or lease is None:
        return 0
    return max(0, min(ask.expected, lease.reads) - ask.held)
