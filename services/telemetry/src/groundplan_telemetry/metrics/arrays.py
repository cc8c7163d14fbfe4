"""Arrays of times and of values; Python 3.11 cannot write what arrays hold."""

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Whole = array[int]
    """Milliseconds since 1970, or numbers of series."""
    Real = array[float]
else:
    Whole = Real = array
