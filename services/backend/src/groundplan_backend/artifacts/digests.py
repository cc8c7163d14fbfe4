"""Digests as HTTP carries them (RFC 9530)."""

import base64
import binascii
import re
from typing import Final

from groundplan_backend.errors import InvalidRequest
from groundplan_contracts.problem import FieldError

_FIELD: Final = re.compile(rb"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):\s*(?=,|;|$)")


def of_content(headers: dict[bytes, bytes]) -> bytes | None:
    """Return the SHA-256 that a sender gives of its body; None when it gives none.

    Raises:
        InvalidRequest: the field holds no SHA-256.
    """
    field = headers.get(b"content-digest")
    if field is None:
        return None
    found = _FIELD.search(field)
    try:
        digest = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        digest = b""
    if len(digest) != 32:
        wrong = FieldError("Content-Digest", "must be sha-256=:<base64>:")
        raise InvalidRequest("a header is not as described", errors=[wrong])
    return digest
