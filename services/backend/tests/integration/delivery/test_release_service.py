"""Releases are registered once and listed by service."""

from typing import Any


def test_a_version_stands_for_one_digest(desk: Any) -> None:
    """The same release again is answered as it stands, another digest is refused."""
    body = {
        "service": "backend",
        "version": "9.9.9",
        "digest": "sha256:" + "a" * 64,
        "built_by": "tests",
        "built_at": "2026-01-02T03:04:05Z",
    }
    first = desk.post("ada", "/releases", body)
    assert first.json() == desk.post("ada", "/releases", body).json()
    other = desk.post("ada", "/releases", {**body, "digest": "sha256:" + "b" * 64})
    assert (409, "conflict") == (other.status_code, other.json()["code"])


def test_the_same_key_registers_once(desk: Any) -> None:
    """Twice the same request is one release, and one event."""
    body = {
        "service": "backend",
        "version": "9.9.10",
        "digest": "sha256:" + "c" * 64,
        "built_by": "tests",
        "built_at": "2026-01-02T03:04:05+02:00",
    }
    first, second = (desk.post("ada", "/releases", body, idempotency_key="k") for _ in range(2))
    assert first.json() == second.json()
    assert "2026-01-02T01:04:05Z" == first.json()["built_at"]
    assert "ada@groundplan.example" == first.json()["created_by"]


def test_a_list_is_of_a_service_and_goes_on(desk: Any) -> None:
    """Pages of two hold each release once, latest first."""
    made = [desk.release("listed") for _ in range(5)]
    desk.release("other")
    found, after = [], ""
    while True:
        page = desk.get("vic", f"/releases?service=listed&limit=2{after}")
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert made[::-1] == found
    newest = desk.get("vic", "/releases?limit=1")["items"][0]
    assert "other" == newest["service"]
