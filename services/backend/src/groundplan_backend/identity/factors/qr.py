"""QR codes as the path of an SVG, which a page may draw under the strictest policy."""

from typing import Final

import segno

from groundplan_backend.identity.factors.schemas import Qr

_QUIET_ZONE: Final = 4


def draw(text: str) -> Qr:
    """Return the QR code of a text, a unit a module."""
    code = segno.make(text, error="m", micro=False)
    rows = [bytes(map(bool, row)) for row in code.matrix_iter(border=_QUIET_ZONE)]
    return Qr(size=len(rows), path="".join(map(_runs, range(len(rows)), rows)))


def _runs(number: int, row: bytes) -> str:
    """Return a row's dark runs as lines through the middle of the row."""
    drawn, start = "", row.find(1)
    while start >= 0:
        end = row.find(0, start)
        drawn += f"M{start} {number}.5h{end - start}"
        start = row.find(1, end)
    return drawn
