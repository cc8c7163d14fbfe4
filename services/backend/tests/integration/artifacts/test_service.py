"""Artifacts: found, fetched, handed on, kept, deleted."""

import hashlib
import os
import time
from typing import Any
from urllib.parse import parse_qs, urlparse

import httpx

ARTIFACTS = "/api/v1/artifacts"
PART = 65_536


def test_a_file_comes_back_as_it_went_in(put: Any, viewer: httpx.Client) -> None:
    """With its digest as its ETag, whole and in ranges over the seams of parts."""
    content = os.urandom(3 * PART + 5)
    done = put("report.bin", content, kind="report", subject="service:backend")
    path = f"{ARTIFACTS}/{done['id']}"
    known = viewer.get(path).json()
    digest = hashlib.sha256(content).hexdigest()
    assert (digest, "report", "service:backend", "operator@groundplan.example") == (
        known["sha256"],
        known["kind"],
        known["subject"],
        known["created_by"],
    )
    whole = viewer.get(f"{path}/content")
    assert (200, content, f'"{digest}"') == (
        whole.status_code,
        whole.content,
        whole.headers["etag"],
    )
    for start, end in ((0, 1), (PART - 1, PART + 1), (100, 3 * PART), (3 * PART, 3 * PART + 5)):
        headers = {"range": f"bytes={start}-{end - 1}"}
        part = viewer.get(f"{path}/content", headers=headers)
        assert (206, content[start:end]) == (part.status_code, part.content)
    headers = {"if-none-match": whole.headers["etag"]}
    assert 304 == viewer.get(f"{path}/content", headers=headers).status_code
    beyond = viewer.get(f"{path}/content", headers={"range": "bytes=999999999-"})
    assert (416, f"bytes */{len(content)}") == (
        beyond.status_code,
        beyond.headers["content-range"],
    )


def test_a_page_is_saved_not_shown(put: Any, viewer: httpx.Client) -> None:
    """A browser is told three times."""
    done = put("report.html", b"<!doctype html><script>alert(1)</script>")
    headers = viewer.get(f"{ARTIFACTS}/{done['id']}/content").headers
    assert ("nosniff", "sandbox; default-src 'none'") == (
        headers["x-content-type-options"],
        headers["content-security-policy"],
    )
    assert headers["content-disposition"].startswith("attachment;")


def test_lists_are_newest_first_and_filtered(put: Any, viewer: httpx.Client) -> None:
    """By kind, by what they belong to and by a word; page by page."""
    subject = "deployment:list-test"
    made = [put(f"Plan-{n}.txt", b"x", kind="plan", subject=subject)["id"] for n in range(3)]
    put("plan-4.txt", b"x", kind="cost", subject=subject)
    found, after = [], {}
    while True:
        query = {"kind": "plan", "subject": subject, "q": "plan", "limit": 2, **after}
        page = viewer.get(ARTIFACTS, params=query).json()
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert made[::-1] == found
    assert 400 == viewer.get(ARTIFACTS, params={"kind": "cost", **after}).status_code


def test_a_link_opens_for_anybody_until_it_ends(
    put: Any, operator: httpx.Client, running: Any
) -> None:
    """No identity is needed; another artifact, time or signature opens nothing."""
    done = put("a.txt", b"shared")
    made = operator.post(f"{ARTIFACTS}/{done['id']}/links", json={"expires_in": 60})
    address = urlparse(made.json()["url"])
    path, query = address.path, {key: one for key, (one,) in parse_qs(address.query).items()}
    with running.client() as anybody:
        assert b"shared" == anybody.get(path, params=query).content
        later = {**query, "expires": str(int(query["expires"]) + 1)}
        assert "link_ended" == anybody.get(path, params=later).json()["code"]
        past = {**query, "expires": str(int(time.time()) - 1)}
        assert 403 == anybody.get(path, params=past).status_code
        operator.delete(f"{ARTIFACTS}/{done['id']}")
        assert 404 == anybody.get(path, params=query).status_code


def test_days_are_counted_anew_and_bounded(put: Any, operator: httpx.Client) -> None:
    """An upload cannot ask for more days than the platform gives; keeping can."""
    done = put("a.txt", b"x", keep_days=3650)
    path = f"{ARTIFACTS}/{done['id']}"
    first = operator.get(path).json()["expires_at"]
    kept = operator.patch(path, json={"keep_days": 90}).json()["expires_at"]
    assert kept > first
    assert 404 == operator.patch(f"{path[:-4]}0000", json={"keep_days": 1}).status_code
