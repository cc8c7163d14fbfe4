"""How objects rest in a folder: AES-256-GCM in frames, so that any range can be opened alone.

An object is a header and frames. The header carries a random salt, from which and from the
master key the object's own key is derived, so no nonce is ever used twice with one key. A frame's
nonce is its index and whether it is the last, and its object's name is authenticated with it:
frames cannot be changed, left out, moved, or passed off as those of another object.
"""

# ruff: noqa: N818 - a finding is named by what it says, not by being an error

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FRAME: Final = 1 << 17
"""Plain bytes of every frame but the last."""
TAG: Final = 16
_MAGIC: Final = b"gpo1"
_SALT: Final = 32
HEADER: Final = len(_MAGIC) + _SALT


class Damaged(Exception):
    """The object is not what was written under this name with this key."""


class Sealer:
    """Makes the frames of one new object."""

    def __init__(self, master: bytes, name: str) -> None:
        salt = os.urandom(_SALT)
        self.header = _MAGIC + salt
        self._cipher = _cipher(master, salt)
        self._name = name.encode()
        self._index = 0

    def seal(self, frame: memoryview, *, last: bool) -> bytes:
        """Return a frame's sealed form."""
        nonce = _nonce(self._index, last=last)
        self._index += 1
        return self._cipher.encrypt(nonce, frame, self._name)


class Opener:
    """Opens frames of one object."""

    def __init__(self, master: bytes, name: str, header: bytes) -> None:
        if len(header) != HEADER or not header.startswith(_MAGIC):
            raise Damaged(name)
        self._cipher = _cipher(master, header[len(_MAGIC) :])
        self._name = name

    def open(self, index: int, sealed: memoryview, *, last: bool) -> bytes:
        """Return a frame's plain bytes.

        Raises:
            Damaged: it is not the frame that was written there.
        """
        nonce = _nonce(index, last=last)
        try:
            return self._cipher.decrypt(nonce, sealed, self._name.encode())
        except InvalidTag as error:
            raise Damaged(self._name) from error


def frames(size: int) -> int:
    """Return how many frames an object of `size` plain bytes has; an empty one has one."""
    return max(1, -(-size // FRAME))


def sealed_size(size: int) -> int:
    """Return how long the object is that holds `size` plain bytes."""
    return HEADER + size + frames(size) * TAG


def plain_size(length: int) -> int:
    """Return how many plain bytes an object of this length holds."""
    body = length - HEADER
    return body - -(-body // (FRAME + TAG)) * TAG


def place(index: int) -> int:
    """Return where a frame begins."""
    return HEADER + index * (FRAME + TAG)


def _cipher(master: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(hashes.SHA256(), 32, salt, b"groundplan object").derive(master)
    return AESGCM(derived)


def _nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
