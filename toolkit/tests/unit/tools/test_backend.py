"""Questions to a running Groundplan carry the token, and refusals keep its words."""

from collections.abc import Iterator
from typing import Any

import pytest

from groundplan.tools.backend import UNREACHABLE, Backend, BackendError


@pytest.fixture
def backend(groundplan: Any) -> Iterator[Backend]:
    """Return what asks."""
    with Backend(groundplan.url, "secret", nearby=True) as made:
        yield made


def test_a_question_carries_token_key_and_body(groundplan: Any, backend: Backend) -> None:
    """The answer comes back as plain values."""
    groundplan.answers["POST /delivery/releases"] = (201, {"id": "1"})
    assert {"id": "1"} == backend.ask("POST", "/delivery/releases", {"a": 1}, key="k")
    assert [("POST /delivery/releases", {"a": 1})] == groundplan.asked
    sent = groundplan.headers[0]
    assert ("Bearer secret", "k") == (sent["authorization"], sent["idempotency-key"])


def test_bytes_are_sent_as_they_are(groundplan: Any, backend: Backend) -> None:
    """An empty part is still a part, and an empty answer is None."""
    groundplan.answers["PUT /parts/1"] = b""
    assert backend.ask("PUT", "/parts/1", content=b"") is None
    assert "application/octet-stream" == groundplan.headers[0]["content-type"]


def test_a_refusal_keeps_code_and_words(groundplan: Any, backend: Backend) -> None:
    """Faults of fields stand behind the detail."""
    fault = {"path": "releases[0]", "message": "there is no such release"}
    problem = {"code": "invalid_request", "detail": "not as described", "errors": [fault]}
    groundplan.answers["GET /x"] = (400, problem)
    with pytest.raises(BackendError, match=r"not as described; releases\[0\]: there is") as raised:
        backend.ask("GET", "/x")
    assert ("invalid_request", 400) == (raised.value.code, raised.value.status)
    assert not raised.value.is_passing


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_be_answered_later_is_told(
    groundplan: Any, backend: Backend, status: int
) -> None:
    """Overload and faults pass, also where a proxy says so in its own words."""
    groundplan.answers["GET /x"] = (status, b"<html>")
    with pytest.raises(BackendError, match=f"it answers {status}") as raised:
        backend.ask("GET", "/x")
    assert raised.value.is_passing


def test_a_page_is_no_answer(groundplan: Any, backend: Backend) -> None:
    """Another server at the address is not taken for a Groundplan."""
    groundplan.answers["GET /x"] = b"<html>"
    with pytest.raises(BackendError, match="answered with no JSON"):
        backend.ask("GET", "/x")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense", "http://["])
def test_nobody_there_is_told(url: str) -> None:
    """No connection and no address are the same kind of error."""
    with pytest.raises(BackendError) as raised:
        Backend(url, "secret", nearby=True).ask("GET", "/x")
    assert UNREACHABLE == raised.value.code
