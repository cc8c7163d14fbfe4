"""The whole look at a file."""

import gzip
import hashlib
import io
import os
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable

import pytest

from groundplan_backend.artifacts.inspection.budget import Limits
from groundplan_backend.artifacts.inspection.inspect import Found, inspect

EICAR = rb"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1]


def _inspect(name: str, whole: bytes) -> Found:
    pieces = iter([whole[at : at + 65536] for at in range(0, len(whole), 65536)])
    return inspect(name, lambda: next(pieces, b""), Limits())


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "whole", "kind"),
    [
        ("a.bin", os.urandom(200_000), "application/octet-stream"),
        ("empty.txt", b"", "text/plain"),
        ("plan.json", b'{"a":1}', "application/json"),
        ("a.zip", _zip({"a": b"b" * 100_000}), "application/zip"),
        ("a.tar.gz", gzip.compress(_tar({"a": b"b" * 100_000})), "application/gzip"),
        ("jars.zip", _zip({"a.jar": _zip({"A.class": b"\xca\xfe\xba\xbe"})}), "application/zip"),
    ],
)
def test_fine_files_are_known_by_digest_and_kind(name: str, whole: bytes, kind: str) -> None:
    """Programs inside archives are theirs; an archive may hold archives."""
    assert Found(hashlib.sha256(whole).digest(), kind, None) == _inspect(name, whole)


def _nested(depth: int, content: bytes) -> bytes:
    for _ in range(depth):
        content = _zip({"inner.zip": content})
    return content


def _png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L4s2L", 13, b"IHDR", width, height)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.bin", lambda: b"\x7fELF" + bytes(100), "is a program"),
        ("a.exe", lambda: b"text", "is a program"),
        ("a.pdf", lambda: _zip({}), "is named as"),
        ("a.txt", lambda: EICAR, "virus"),
        ("a.txt", lambda: b"x" * 100_000 + EICAR, "virus"),
        ("a.zip", lambda: _zip({"x": EICAR}), "virus"),
        ("a.tgz", lambda: gzip.compress(_tar({"x": EICAR})), "virus"),
        ("a.zip", lambda: _nested(3, b"x"), "more than 2 deep"),
        ("a.gz", lambda: gzip.compress(bytes(24 << 20)), "more than 100 times"),
        ("a.zip", lambda: _nested(1, _zip({"z": bytes(24 << 20)})), "more than 100 times"),
        ("a.zip", lambda: _zip({"../a": b""}), "leads out"),
        ("a.zip", lambda: _zip({str(n): b"" for n in range(10_001)}), "10000 files"),
        ("a.png", lambda: _png(50_000, 50_000), "50000 by 50000 pixels"),
        ("a.tar", lambda: _tar({"a": b"1"})[:600], "ends in the middle"),
    ],
)
def test_what_is_refused_says_why_within_a_second(
    name: str, make: Callable[[], bytes], reason: str
) -> None:
    """Programs, posers, viruses, bombs and nests."""
    whole = make()
    began = time.process_time()
    found = _inspect(name, whole)
    assert found.refusal is not None
    assert reason in found.refusal
    assert time.process_time() - began < 1
