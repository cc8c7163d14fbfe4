"""The small sheets that were read last, kept unpacked within bounds.

Rules ask for the same few series again and again; what they read of the past never changes.
"""

import threading
from collections import OrderedDict
from typing import Final

from groundplan_telemetry.metrics.storage.packed import Packed

MOST: Final = 16 << 20
"""Bytes that all of them may take."""
SMALL: Final = 64 << 10
"""Bytes; a larger sheet is not kept."""
Key = tuple[int, int]
"""The beginning of a block, and a sheet's number in it."""


class Recent:
    """Sheets by block and number; any thread may use it."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._sheets: OrderedDict[Key, Packed] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Packed | None:
        """Return a sheet; None where it is not kept."""
        with self._lock:
            found = self._sheets.get(key)
            if found is not None:
                self._sheets.move_to_end(key)
            return found

    def keep(self, key: Key, sheet: Packed) -> None:
        """Keep a sheet that is small; those that nobody asked for longest go."""
        if sheet.size > SMALL:
            return
        with self._lock:
            if key not in self._sheets:
                self._sheets[key] = sheet
                self._size += sheet.size
            while self._size > self._most:
                _, gone = self._sheets.popitem(last=False)
                self._size -= gone.size

    def forget(self, block: int) -> None:
        """Let go of the sheets of a block that is removed."""
        with self._lock:
            for key in [key for key in self._sheets if key[0] == block]:
                self._size -= self._sheets.pop(key).size
