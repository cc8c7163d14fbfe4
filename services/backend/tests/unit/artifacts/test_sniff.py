"""Kinds of files by their first bytes, and what their names promise."""

import pytest

from groundplan_backend.artifacts import sniff


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\x7fELF\x02", "plan.json", "application/x-executable"),
        (b"MZ\x90", "a.txt", "application/x-executable"),
        (b"PK\x03\x04", "a.whl", "application/zip"),
        (b"\x1f\x8b\x08", "a.tgz", "application/gzip"),
        (b"\x00" * 257 + b"ustar\x00", "a.tar", "application/x-tar"),
        (b"%PDF-1.7", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image/png"),
        (b'{"a": 1}', "plan.json", "application/json"),
        (b"{a}", "plan.txt", "text/plain"),
        (b" <!DOCTYPE html>", "report.html", "text/html"),
        (b"<?xml version='1.0'?>\n<svg>", "a.svg", "image/svg+xml"),
        (b"a: 1\n", "a.yaml", "application/yaml"),
        (b"a,b\n", "a.csv", "text/csv"),
        (b"\x00\x01\x02", "a.bin", "application/octet-stream"),
        (b"", "empty.txt", "text/plain"),
    ],
)
def test_bytes_say_what_a_file_is(head: bytes, name: str, kind: str) -> None:
    """Signatures first; text is refined by its name alone."""
    assert kind == sniff.kind(head, name)


def test_a_character_cut_at_the_end_is_still_text() -> None:
    """The head may end in the middle of a character."""
    head = ("a" * (sniff.HEAD - 1) + "ü").encode()[: sniff.HEAD]
    assert "text/plain" == sniff.kind(head, "a.txt")


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        ("application/x-executable", "a.bin", "is a program"),
        ("text/plain", "setup.BAT", "is a program"),
        ("application/zip", "a.pdf", "is named as application/pdf but is application/zip"),
        ("text/html", "a.png", "is named as image/png but is text/html"),
        ("application/json", "a.json", None),
        ("application/octet-stream", "a.bin", None),
        ("application/gzip", "a.tar.gz", None),
    ],
)
def test_a_name_must_agree_with_its_bytes(kind: str, name: str, wrong: str | None) -> None:
    """Programs are not taken, nor what poses as something else."""
    assert wrong == sniff.fault(kind, name)
