"""What kind of file it is, by its first bytes; what its name says must agree."""

import re
from typing import Final

HEAD: Final = 4096
"""Bytes that are looked at."""
EXECUTABLE: Final = "application/x-executable"
UNKNOWN: Final = "application/octet-stream"
ZIP: Final = "application/zip"
TAR: Final = "application/x-tar"
GZIP: Final = "application/gzip"
BZIP2: Final = "application/x-bzip2"
XZ: Final = "application/x-xz"
ARCHIVES: Final = frozenset({ZIP, TAR, GZIP, BZIP2, XZ})
"""What is unpacked to be looked into."""
_SIGNATURES: Final = (
    (0, b"\x7fELF", EXECUTABLE),
    (0, b"MZ", EXECUTABLE),
    (0, b"\xfe\xed\xfa\xce", EXECUTABLE),
    (0, b"\xfe\xed\xfa\xcf", EXECUTABLE),
    (0, b"\xce\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xca\xfe\xba\xbe", EXECUTABLE),
    (0, b"dex\n", EXECUTABLE),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\x1f\x8b", GZIP),
    (0, b"BZh", BZIP2),
    (0, b"\xfd7zXZ\x00", XZ),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", TAR),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"PGDMP", "application/x-postgresql-dump"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_MARKUP: Final = (
    (re.compile(rb"\s*(<!doctype html|<html|<head|<body|<script)", re.IGNORECASE), "text/html"),
    (re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg", re.DOTALL), "image/svg+xml"),
    (re.compile(rb"\s*<\?xml"), "application/xml"),
    (re.compile(rb"\s*[{\[]"), "application/json"),
)
_NAMED: Final = {
    "application/zip": ("zip", "whl", "jar", "docx", "xlsx", "pptx", "odt", "ods"),
    "application/x-tar": ("tar",),
    "application/gzip": ("gz", "tgz"),
    "application/x-bzip2": ("bz2", "tbz2"),
    "application/x-xz": ("xz", "txz"),
    "application/zstd": ("zst",),
    "application/x-7z-compressed": ("7z",),
    "application/vnd.rar": ("rar",),
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "application/json": ("json",),
    "text/html": ("html", "htm"),
    "image/svg+xml": ("svg",),
}
_PROMISED: Final = {ending: kind for kind, endings in _NAMED.items() for ending in endings}
_WRITTEN: Final = {
    "csv": "text/csv",
    "md": "text/markdown",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
_PROGRAMS: Final = frozenset(
    {"exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "lnk"}
)


def kind(head: bytes, name: str) -> str:
    """Return the media type of a file; text is refined by its name, and by nothing else."""
    for offset, signature, found in _SIGNATURES:
        if head.startswith(signature, offset):
            return found
    if not _is_text(head):
        return UNKNOWN
    for pattern, found in _MARKUP:
        if pattern.match(head) and (found != "application/json" or _ending(name) == "json"):
            return found
    return _WRITTEN.get(_ending(name), "text/plain")


def fault(found: str, name: str) -> str | None:
    """Return why a file of this kind and name is not taken, or nothing."""
    if found == EXECUTABLE or _ending(name) in _PROGRAMS:
        return "is a program"
    promised = _PROMISED.get(_ending(name))
    if promised is not None and promised != found:
        return f"is named as {promised} but is {found}"
    return None


def _ending(name: str) -> str:
    return name.lower().rpartition(".")[2] if "." in name else ""


def _is_text(head: bytes) -> bool:
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return len(head) == HEAD and error.start > HEAD - 4
    return True
