"""Who may upload what: roles, and 200 names that mean harm."""

import os
import string
from pathlib import Path
from typing import Any

import httpx

UPLOADS = "/api/v1/artifacts/uploads"


def _hostile() -> list[str]:
    """Return names that lead out, hide, end early or mean a device, in many spellings."""
    steps = ["../", "..\\", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "..;/", ".%2e/"]
    targets = ["etc/passwd", "x", "..", "windows\\win.ini"]
    climbing = [step * times + to for step in steps for times in (1, 8) for to in targets]
    absolute = ["/etc/passwd", "//h/s", "\\\\h\\s", "\\\\?\\C:\\x", "C:\\x", "c:/x", "file:///x"]
    devices = [
        name + ending
        for name in ("con", "PRN", "aux", "NUL", "com1", "LPT9", "clock$", "COM¹")
        for ending in ("", ".txt", ".tar.gz")
    ]
    controls = [f"a{chr(code)}b" for code in (*range(32), 127, 0x85, 0x2028, 0x2029)]
    unseen = [f"a{sign}b" for sign in "\u200b\u200e\u202a\u202e\u2066\ufeff\u00ad\u2060\ue000"]
    folded = [f"..{sign}x" for sign in "\u2044\u2215\u29f8\uff0f\uff3c\u2216\u29f5\ufe68"]
    dots = ["", ".", "..", "...", " ", ". .", ".ssh", "a.", "a ", " a", "\u2025", "\uff0e\uff0e"]
    signs = [f"a{sign}b" for sign in '/\\:*?"<>|']
    long = ["x" * 256, "x" * 5000, "ü" * 128, "\U0001f600" * 64]
    decomposed = ["e\u0301", "A\u030a.txt"]
    headers = ["a\r\nX: y", 'a"; filename="b', "a%0d%0ab", "a%00.png", "a\x00.png"]
    drives = [f"{letter}:x" for letter in string.ascii_uppercase]
    groups = (climbing, absolute, devices, controls, unseen, folded, dots, signs, long)
    return [*(name for group in groups for name in group), *decomposed, *headers, *drives]


def _everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "artifacts" not in path.parts}


def test_no_hostile_name_leaves_the_store(operator: httpx.Client, stack: Any) -> None:
    """All are refused by name, and nothing appears anywhere."""
    names = _hostile()
    assert len(set(names)) >= 200
    before = _everything(stack.folder)
    statuses = {}
    for name in names:
        answer = operator.post(UPLOADS, json={"name": name, "size": 1})
        statuses[name] = answer.status_code
    assert {} == {name: status for name, status in statuses.items() if status != 400}
    assert before == _everything(stack.folder)


def test_a_fine_name_is_no_path(put: Any, operator: httpx.Client, stack: Any) -> None:
    """What is stored bears a name of ours, whatever the file is called."""
    done = put("Prüf bericht (1).txt", b"text")
    stored = [path.name for path in (stack.folder / "artifacts").rglob("*") if path.is_file()]
    assert any(name.startswith(done["id"]) for name in stored)
    assert [] == [name for name in stored if "bericht" in name]
    fetched = operator.get(f"/api/v1/artifacts/{done['id']}/content")
    assert (
        "filename*=UTF-8''Pr%C3%BCf%20bericht%20%281%29.txt"
        in (fetched.headers["content-disposition"])
    )


def test_viewers_do_not_upload(viewer: httpx.Client, begin: Any) -> None:
    """They may not begin, send, read, end or abandon one."""
    upload = begin("a.bin", 1)
    path = f"{UPLOADS}/{upload['id']}"
    answers = [
        viewer.post(UPLOADS, json={"name": "a", "size": 1}),
        viewer.get(path),
        viewer.put(f"{path}/parts/1", content=os.urandom(1)),
        viewer.post(f"{path}/complete", json={}),
        viewer.post(f"{path}/links", json={"parts": [{"number": 1, "sha256": "0" * 64}]}),
        viewer.delete(path),
    ]
    assert [403] * 6 == [answer.status_code for answer in answers]
