"""What the gateway tells the backend of requests that it refused by role, for the audit record.

A list in Redis, newest first. The gateway keeps it short and never waits for it; the backend
takes from its end. What is lost on the way stands in the gateway's log.
"""

from dataclasses import dataclass
from typing import Final

KEY: Final = "groundplan:refusals"
KEPT: Final = 1000
"""Refusals that wait at the most; older ones are dropped."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused request of somebody who is signed in."""

    subject: str
    address: str
    request_id: str
    method: str
    path: str
    status: int
    code: str
