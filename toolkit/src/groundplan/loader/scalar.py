"""What an unquoted word of YAML means, by the core schema of YAML 1.2.

So `on`, `yes` and `2024-01-01` are text; only true, false, null and numbers are not. No value of
the file is a bare fraction; one is kept as a decimal, to be refused as what it was written.
"""

import re
from decimal import Decimal

from groundplan.loader.tree import Scalar

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_WHOLE = re.compile(r"[-+]?[0-9]{1,100}")
_BASED = re.compile(r"0o[0-7]{1,100}|0x[0-9a-fA-F]{1,100}")
_BROKEN = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = {".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}


def decide(written: str) -> Scalar:
    """Return the value of an unquoted word."""
    if written in _NULL:
        return None
    if written in _TRUE or written in _FALSE:
        return written in _TRUE
    if _WHOLE.fullmatch(written):
        return int(written)
    if _BASED.fullmatch(written):
        return int(written, 0)
    if _BROKEN.fullmatch(written):
        return Decimal(written)
    if written.lower() in _SPECIAL:
        return Decimal(_SPECIAL[written.lower()])
    return written
