"""Identifiers as AWS makes them up: a prefix and random characters of an alphabet."""

import secrets
import string

HEXADECIMAL = "0123456789abcdef"
LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + string.digits


def random(length: int, alphabet: str = LOWER) -> str:
    """Return that many characters of an alphabet."""
    return "".join(secrets.choice(alphabet) for _ in range(length))
