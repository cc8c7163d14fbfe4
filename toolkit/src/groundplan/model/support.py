"""Until when AWS supports the versions that a platform may name; dates as of 2026-08-22.

Sources: the EKS version calendar (14 months of standard support, 12 more for a fee) and the RDS
for PostgreSQL release calendar.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

AS_OF: Final = date(2026, 8, 22)

KUBERNETES: Final[Mapping[str, date]] = {
    "1.28": date(2024, 11, 26),
    "1.29": date(2025, 3, 23),
    "1.30": date(2025, 7, 23),
    "1.31": date(2025, 11, 26),
    "1.32": date(2026, 3, 23),
    "1.33": date(2026, 7, 29),
    "1.34": date(2026, 12, 2),
    "1.35": date(2027, 3, 27),
    "1.36": date(2027, 8, 2),
}
"""Minor version of EKS and the last day of its standard support."""

POSTGRESQL: Final[Mapping[str, date]] = {
    "13": date(2026, 2, 28),
    "14": date(2027, 2, 28),
    "15": date(2028, 2, 29),
    "16": date(2029, 2, 28),
    "17": date(2030, 2, 28),
    "18": date(2031, 2, 28),
    "15.4": date(2025, 3, 31),
    "15.9": date(2026, 5, 31),
    "15.10": date(2026, 5, 31),
    "15.11": date(2026, 5, 31),
    "15.12": date(2026, 5, 31),
    "15.13": date(2026, 10, 31),
    "15.14": date(2026, 10, 31),
    "16.9": date(2026, 10, 31),
    "16.10": date(2026, 10, 31),
    "17.5": date(2026, 10, 31),
    "17.6": date(2026, 10, 31),
}
"""Major version of RDS for PostgreSQL, or a minor one that ends sooner, and its last day."""


def postgresql_end(version: str) -> date | None:
    """Return the last day of support of a version such as 15 or 15.4, if it is known."""
    major = version.split(".")[0]
    return POSTGRESQL.get(version, POSTGRESQL.get(major))
