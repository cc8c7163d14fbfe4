"""JSON as people read it: two spaces, keys in the order given, one newline at the end."""

import json
from typing import Any


def dump(value: Any) -> str:
    """Write a value as JSON.

    Raises:
        ValueError: a number is infinite or not a number.
        TypeError: JSON cannot hold the value.
    """
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
