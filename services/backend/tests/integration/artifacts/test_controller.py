"""Who may do what with artifacts, and which answers carry what."""

from typing import Any

import httpx

ARTIFACTS = "/api/v1/artifacts"


def test_viewers_look_and_fetch_and_no_more(put: Any, viewer: httpx.Client) -> None:
    """Keeping, linking and deleting are for operators."""
    path = f"{ARTIFACTS}/{put('a.txt', b'x')['id']}"
    assert 200 == viewer.get(f"{path}/content").status_code
    answers = [
        viewer.patch(path, json={"keep_days": 1}),
        viewer.post(f"{path}/links", json={}),
        viewer.delete(path),
    ]
    assert [403] * 3 == [answer.status_code for answer in answers]


def test_lists_and_things_are_json_and_refusals_are_problems(viewer: httpx.Client) -> None:
    """The same forms as everywhere in the API."""
    listed = viewer.get(ARTIFACTS)
    assert ("application/json", {"items", "next"}) == (
        listed.headers["content-type"],
        set(listed.json()),
    )
    nobody = "00000000-0000-4000-8000-000000000000"
    for path in (f"{ARTIFACTS}/{nobody}", f"{ARTIFACTS}/{nobody}/content"):
        missing = viewer.get(path)
        assert (404, "not_found") == (missing.status_code, missing.json()["code"])
    assert 400 == viewer.get(ARTIFACTS, params={"kind": "holiday"}).status_code
