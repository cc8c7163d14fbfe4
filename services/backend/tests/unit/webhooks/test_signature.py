"""What a receiver checks."""

import hashlib
import hmac
import re
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from groundplan_backend.settings import Secret
from groundplan_backend.webhooks.signature import Secrets, sign

_PAGE = Path(__file__).parents[5] / "docs" / "explanation" / "delivery.md"


def test_the_signature_is_over_time_and_body() -> None:
    """A receiver needs nothing but HMAC-SHA256 to check it."""
    expected = hmac.new(b"word", b'1700000000.{"a":1}', hashlib.sha256).hexdigest()
    assert f"v1={expected}" == sign("word", 1700000000, b'{"a":1}')


@pytest.mark.parametrize(
    ("secret", "time", "body"), [("ward", 1, b"x"), ("word", 2, b"x"), ("word", 1, b"y")]
)
def test_any_change_changes_it(secret: str, time: int, body: bytes) -> None:
    """Another secret, time or body has another signature."""
    assert sign("word", 1, b"x") != sign(secret, time, body)


def test_secrets_are_sealed_for_their_webhook() -> None:
    """A sealed secret opens for its own webhook and with its own key only."""
    secrets = Secrets(Secret("b2" * 32))
    secret, sealed = secrets.make("one")
    assert secret == secrets.open("one", sealed)
    assert secret.encode() not in sealed
    with pytest.raises(InvalidTag):
        secrets.open("two", sealed)
    with pytest.raises(InvalidTag):
        Secrets(Secret("c3" * 32)).open("one", sealed)


def test_what_the_page_tells_receivers_is_true() -> None:
    """Its function believes what is ours and fresh, and nothing else."""
    (code,) = re.findall(r"```python\n(.*?)```", _PAGE.read_text(), flags=re.DOTALL)
    told: dict[str, Any] = {}
    exec(code, told)
    now = int(time.time())
    for secret, at, body, expected in (
        ("word", now, b"{}", True),
        ("other", now, b"{}", False),
        ("word", now - 301, b"{}", False),
        ("word", now, b"{ }", False),
    ):
        headers = {
            "x-groundplan-timestamp": str(at),
            "x-groundplan-signature": sign(secret, at, b"{}"),
        }
        assert expected is told["is_ours"]("word", headers, body)
