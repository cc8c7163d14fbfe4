"""What requests must look like."""

import msgspec
import pytest

from groundplan_backend.errors import InvalidRequest
from groundplan_backend.http import decode
from groundplan_backend.webhooks import schemas


def _read(value: object) -> schemas.NewWebhook:
    return decode.body(schemas.NewWebhook, msgspec.json.encode(value), b"application/json")


@pytest.mark.parametrize(
    "url",
    ["", "hooks.example", "ftp://hooks.example/", "https://a b/", "https://a@b/", "https://a/\n",
     "https://" + "a" * 2000],
)  # fmt: skip
def test_a_url_has_its_form(url: str) -> None:
    """Spaces, users, line ends and other schemes are refused before anything else."""
    with pytest.raises(InvalidRequest):
        _read({"url": url})


@pytest.mark.parametrize("types", [["*"], ["deployment"], ["a.b"] * 21, "deployment.state"])
def test_types_are_words(types: object) -> None:
    """Each is two words, and there are not too many."""
    with pytest.raises(InvalidRequest):
        _read({"url": "https://hooks.example/", "types": types})


def test_all_is_the_default() -> None:
    """Who asks for nothing special gets every event of every environment."""
    made = _read({"url": "https://hooks.example/in?a=b"})
    assert ([], None) == (made.types, made.environment)
