"""Links that open one artifact to whoever has them, for a while."""

import base64
import hashlib
import hmac
import time
from uuid import UUID

from groundplan_backend.errors import LinkEnded
from groundplan_backend.settings import Secret


class Links:
    """Signs and reads links; nothing of them is kept."""

    def __init__(self, key: Secret) -> None:
        self._key = hashlib.sha256(b"artifact link:" + key.reveal().encode()).digest()

    def sign(self, artifact: UUID, expires: int) -> str:
        """Return the proof that this artifact is open until then (Unix seconds)."""
        message = artifact.bytes + expires.to_bytes(8, "big")
        return base64.urlsafe_b64encode(hmac.digest(self._key, message, "sha256")).decode()[:43]

    def check(self, artifact: UUID, expires: int, signature: str) -> None:
        """Let the caller in.

        Raises:
            LinkEnded: the link was not made here for this artifact, or is over.
        """
        genuine = hmac.compare_digest(self.sign(artifact, expires), signature)
        if not genuine or expires <= time.time():
            raise LinkEnded("the link has expired or is none of ours")
