"""How much more than `large` the other sizes of a family cost: exactly in proportion."""

from collections.abc import Mapping
from typing import Final

BURSTABLE: Final[Mapping[str, float]] = {
    "nano": 1 / 16,
    "micro": 1 / 8,
    "small": 1 / 4,
    "medium": 1 / 2,
    "large": 1,
    "xlarge": 2,
    "2xlarge": 4,
}
STANDARD: Final[Mapping[str, float]] = {
    "large": 1,
    "xlarge": 2,
    "2xlarge": 4,
    "4xlarge": 8,
    "8xlarge": 16,
    "12xlarge": 24,
    "16xlarge": 32,
}
