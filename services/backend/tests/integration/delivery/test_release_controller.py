"""Who may do what with releases, and what is answered."""

import uuid
from typing import Any


def test_viewers_read_and_register_nothing(desk: Any) -> None:
    """A viewer sees a release as its maker does."""
    made = desk.release()
    assert made == desk.get("vic", f"/releases/{made}")["id"]
    assert 403 == desk.post("vic", "/releases", {"service": "backend"}).status_code


def test_what_there_is_not_is_not_found(desk: Any) -> None:
    """An unknown release is 404, and a cursor of another list is refused."""
    with desk.as_("vic") as client:
        assert 404 == client.get(f"/releases/{uuid.uuid4()}").status_code
        desk.release("paged")
        desk.release("paged")
        cursor = client.get("/releases?service=paged&limit=1").json()["next"]
        other = client.get(f"/releases?after={cursor}")
    assert (400, ["after"]) == (other.status_code, [one["path"] for one in other.json()["errors"]])
