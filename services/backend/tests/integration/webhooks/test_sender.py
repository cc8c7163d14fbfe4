"""Events reach receivers, signed, and again when they were not taken."""

import hashlib
import hmac
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

PREFIX = "/api/v1/delivery"


@dataclass
class Receiver:
    """An HTTP server that notes what it gets and answers as it is told."""

    url: str
    answers: list[int] = field(default_factory=list)
    location: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def of(self, kind: str) -> list[tuple[dict[str, str], bytes]]:
        """Return what came of one type."""
        return [one for one in self.heard if one[0]["x-groundplan-event"] == kind]


@pytest.fixture
def receive() -> Iterator[Callable[[], Receiver]]:
    """Start receivers; they end with the test."""
    servers = []

    def start() -> Receiver:
        made = Receiver("")

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                made.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(made.answers.pop(0) if made.answers else 204)
                if made.location:
                    self.send_header("location", made.location)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        made.url = f"http://127.0.0.1:{server.server_port}/in"
        return made

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def administrator(stack: Any) -> Iterator[httpx.Client]:
    """The administrator's client of a replica whose webhooks may send to this machine."""
    sending = stack.replica(WEBHOOK_ALLOW="127.0.0.1/32")
    headers = sending.signed_in("administrator@groundplan.example")
    with sending.client(headers) as client:
        yield client


def _webhook(client: httpx.Client, url: str, **more: Any) -> dict[str, Any]:
    answer = client.post(f"{PREFIX}/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _release(client: httpx.Client) -> str:
    number = uuid.uuid4().hex
    body = {
        "service": "backend",
        "version": number,
        "digest": "sha256:" + number * 2,
        "built_by": "tests",
        "built_at": "2026-01-02T03:04:05Z",
    }
    answer = client.post(f"{PREFIX}/releases", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _log(client: httpx.Client, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(
        f"{PREFIX}/webhooks/{webhook['id']}/deliveries"
    ).json()["items"]
    return items


def test_an_event_arrives_signed(administrator: httpx.Client, receive: Any, until: Any) -> None:
    """The receiver can check who sent it, when and what, and reads the event as the API has it."""
    receiver = receive()
    made = _webhook(administrator, receiver.url, types=["release.created"])
    release = _release(administrator)
    ((headers, body),) = until(lambda: receiver.heard)
    timestamp = headers["x-groundplan-timestamp"]
    message = timestamp.encode() + b"." + body
    expected = hmac.new(made["secret"].encode(), message, hashlib.sha256).hexdigest()
    assert f"v1={expected}" == headers["x-groundplan-signature"]
    assert abs(time.time() - int(timestamp)) < 30
    event = json.loads(body)
    assert (release, "release.created") == (event["release"], event["type"])
    (entry,) = until(lambda: [one for one in _log(administrator, made) if one["status"]])
    assert ("delivered", 204, 1) == (entry["state"], entry["status"], entry["attempts"])
    assert headers["x-groundplan-delivery"] == entry["id"]


def test_what_was_not_taken_comes_again(
    administrator: httpx.Client, receive: Any, until: Any
) -> None:
    """A 500 is tried again under the same id until it is taken."""
    receiver = receive()
    receiver.answers = [500]
    made = _webhook(administrator, receiver.url, types=["release.created"])
    _release(administrator)
    until(lambda: len(receiver.heard) == 2, 20)
    ids = {headers["x-groundplan-delivery"] for headers, _ in receiver.heard}
    assert 1 == len(ids)
    assert receiver.heard[0][1] == receiver.heard[1][1]
    (entry,) = until(lambda: [one for one in _log(administrator, made) if one["status"] == 204])
    assert ("delivered", 2) == (entry["state"], entry["attempts"])


def test_redirects_are_not_followed(administrator: httpx.Client, receive: Any, until: Any) -> None:
    """A receiver cannot send us elsewhere."""
    receiver, other = receive(), receive()
    receiver.answers, receiver.location = [302] * 9, other.url
    made = _webhook(administrator, receiver.url, types=["release.created"])
    _release(administrator)
    (entry,) = until(lambda: [one for one in _log(administrator, made) if one["status"]])
    assert ("pending", 302) == (entry["state"], entry["status"])
    assert "redirects are not followed" in entry["problem"]
    assert [] == other.heard


def test_only_what_was_asked_for_is_sent(
    administrator: httpx.Client, receive: Any, until: Any
) -> None:
    """Types, environment and being enabled choose; a ping always comes."""
    wanted, other, disabled = receive(), receive(), receive()
    _webhook(administrator, wanted.url)
    _webhook(administrator, other.url, types=["deployment.state"], environment="prod")
    off = _webhook(administrator, disabled.url)
    path = f"{PREFIX}/webhooks/{off['id']}"
    assert 200 == administrator.patch(path, json={"enabled": False}).status_code
    _release(administrator)
    until(lambda: wanted.heard)
    assert ([], []) == (other.heard, disabled.heard)


def test_a_ping_and_another_attempt(administrator: httpx.Client, receive: Any, until: Any) -> None:
    """A ping says whether a receiver works; what was sent can be sent once more."""
    receiver = receive()
    made = _webhook(administrator, receiver.url, types=["deployment.state"])
    path = f"{PREFIX}/webhooks/{made['id']}"
    pinged = administrator.post(f"{path}/pings")
    assert 202 == pinged.status_code, pinged.text
    until(lambda: len(receiver.of("webhook.ping")) == 1)
    until(lambda: _log(administrator, made)[0]["state"] == "delivered")
    again = administrator.post(f"{path}/deliveries/{pinged.json()['id']}/attempts")
    assert 202 == again.status_code, again.text
    until(lambda: len(receiver.of("webhook.ping")) == 2)


async def test_one_that_died_in_hand_is_sent_by_another(
    administrator: httpx.Client, receive: Any, until: Any, stack: Any
) -> None:
    """A delivery whose sender ended is due again after its time, not lost and not before."""
    receiver = receive()
    made = _webhook(administrator, receiver.url, types=["none.such"])
    await stack.fetch(
        "INSERT INTO webhook_delivery (id, webhook_id, event, type, body, attempts, due_at)"
        " VALUES ($1, $2, 1, 'release.created', '{}', 1, now() + interval '2 seconds')",
        uuid.uuid4(),
        uuid.UUID(made["id"]),
    )
    put = datetime.now(UTC)
    until(lambda: receiver.heard)
    assert (datetime.now(UTC) - put).total_seconds() > 1.5


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.2/", "https://169.254.169.254/", "https://10.0.0.1/", "http://example.com/"],
)
def test_urls_that_lead_inside_are_refused_at_once(administrator: httpx.Client, url: str) -> None:
    """The refusal names the field."""
    answer = administrator.post(f"{PREFIX}/webhooks", json={"url": url})
    assert (400, ["url"]) == (
        answer.status_code,
        [fault["path"] for fault in answer.json()["errors"]],
    )
