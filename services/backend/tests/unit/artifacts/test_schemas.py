"""What is taken from clients about files."""

import msgspec
import pytest

from groundplan_backend.artifacts import schemas


def _taken(kind: type, text: str) -> bool:
    try:
        msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ('{"name": "a", "size": 0}', True),
        ('{"name": "a", "size": 1, "kind": "plan", "subject": "service:backend"}', True),
        ('{"name": "", "size": 1}', False),
        ('{"name": "a", "size": -1}', False),
        ('{"name": "a", "size": 1, "kind": "holiday"}', False),
        ('{"name": "a", "size": 1, "subject": "../x"}', False),
        ('{"name": "a", "size": 1, "sha256": "ABC"}', False),
        ('{"name": "a", "size": 1, "keep_days": 0}', False),
        ('{"name": "a", "size": 1, "path": "/etc"}', False),
    ],
)
def test_an_upload_is_described_in_known_words(text: str, fine: bool) -> None:
    """Sizes, kinds, digests and days within their limits, and no other field."""
    assert fine == _taken(schemas.NewUpload, text)


@pytest.mark.parametrize(
    ("seconds", "fine"), [(9, False), (10, True), (86_400, True), (86_401, False)]
)
def test_a_link_lives_a_day_at_the_most(seconds: int, fine: bool) -> None:
    """And ten seconds at the least."""
    assert fine == _taken(schemas.NewLink, f'{{"expires_in": {seconds}}}')
