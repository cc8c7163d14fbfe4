"""The secrets that rendered files and settings carry; never shown by accident."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the runner has drawn once for a data folder."""

    cache_password: str = field(repr=False)
    gateway_key: str = field(repr=False)
    key_encryption_key: str = field(repr=False)
    account_passwords: Mapping[str, str] = field(repr=False)
    """By service: the password of its role in the database."""
