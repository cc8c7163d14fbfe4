"""What requests must look like."""

from typing import Any

import msgspec
import pytest

from groundplan_backend.delivery import schemas
from groundplan_backend.errors import InvalidRequest
from groundplan_backend.http import decode

RELEASE = "6b0f3f2e-7f0e-4f0f-9f3a-0c8a3c1d2e4f"
BUILT = {
    "service": "backend",
    "version": "1.0.0",
    "digest": "sha256:" + "0" * 64,
    "built_by": "ci",
    "built_at": "2026-01-02T03:04:05Z",
}


def _read(kind: Any, value: Any) -> Any:
    return decode.body(kind, msgspec.json.encode(value), b"application/json")


@pytest.mark.parametrize(
    "change",
    [
        {"service": "Backend"},
        {"service": "backend\n"},
        {"version": "1.0.0\n"},
        {"commit": "abcdef0\n"},
        {"version": "../1"},
        {"digest": "sha256:xyz"},
        {"digest": "md5:" + "0" * 64},
        {"commit": "not-hex"},
        {"built_at": "2026-01-02T03:04:05"},
        {"built_by": ""},
        {"built_by": "a\u0000b"},
        {"extra": 1},
    ],
)
def test_a_release_is_described_exactly(change: dict[str, Any]) -> None:
    """Each field has its form; what is not described is refused."""
    assert "1.0.0" == _read(schemas.NewRelease, BUILT).version
    with pytest.raises(InvalidRequest):
        _read(schemas.NewRelease, BUILT | change)


@pytest.mark.parametrize(
    ("body", "fine"),
    [
        ({"environment": "prod", "releases": [RELEASE]}, True),
        ({"environment": "prod", "kind": "infrastructure"}, True),
        ({"environment": "prod"}, False),
        ({"environment": "prod", "releases": [RELEASE, RELEASE]}, False),
        ({"environment": "prod", "kind": "infrastructure", "releases": [RELEASE]}, False),
    ],
)
def test_a_deployment_has_releases_or_is_of_infrastructure(body: Any, fine: bool) -> None:
    """One without the other is refused."""
    if fine:
        _read(schemas.NewDeployment, body)
    else:
        with pytest.raises(InvalidRequest):
            _read(schemas.NewDeployment, body)
