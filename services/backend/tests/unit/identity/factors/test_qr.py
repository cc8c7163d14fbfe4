import re

import segno

from groundplan_backend.identity.factors import qr

_URI = "otpauth://totp/groundplan:ada?secret=GEZDGNBVGY3TQOJQ"


def test_the_path_draws_the_modules_of_the_code() -> None:
    """Every dark module is drawn, and no other, with a quiet zone around."""
    drawn = qr.draw(_URI)
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn.path):
        dark |= {(int(x) + more, int(y)) for more in range(int(length))}
    rows = segno.make(_URI, error="m", micro=False).matrix_iter(border=4)
    assert {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module} == dark
    assert (4, drawn.size - 5) == (min(x for x, _ in dark), max(x for x, _ in dark))
