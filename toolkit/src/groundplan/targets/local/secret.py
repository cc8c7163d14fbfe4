"""The secrets that rendered files and settings carry; never shown by accident."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OWNER: Final = "groundplan_owner"
"""PostgreSQL's superuser on this machine; only the runner and migrations use it."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the runner has drawn once for a data folder."""

    cache_password: str = field(repr=False)
    gateway_key: str = field(repr=False)
    key_encryption_key: str = field(repr=False)
    account_passwords: Mapping[str, str] = field(repr=False)
    """By service: the password of its role in the database."""
    telemetry_key: str = field(default="", repr=False)
    """Opens the telemetry store."""
    send_key: str = field(default="", repr=False)
    """Lets spans and lines into the telemetry store, and nobody see what it holds."""
    alert_key: str = field(default="", repr=False)
    """Opens the backend to who tells of alerts."""
    owner_password: str = field(default="", repr=False)
    """Of the database's superuser, who owns what services must not change."""
