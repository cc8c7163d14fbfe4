"""The application lets in who has the key, and answers everybody in some way."""

import asyncio
import json

import msgspec
import pytest

from groundplan_telemetry.app import Application
from groundplan_telemetry.logs import search
from groundplan_telemetry.settings import SettingError


class Scope:
    """A request without its body."""

    def __init__(self, method, path, query, headers):
        self.method, self.path, self.query_string, self.headers = method, path, query, headers


class Exchange:
    """A body, and what was answered."""

    def __init__(self, body):
        self.body, self.answer = body, None

    async def __aiter__(self):
        yield self.body

    def response_bytes(self, status, headers, body):
        """Take the answer, once."""
        assert self.answer is None
        self.answer = status, dict(headers), body


@pytest.fixture
async def application(settings):
    """Return a running application."""
    made = Application(settings)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
def ask(application, headers, key_file):
    """Return what asks, with the key unless another is given, and returns the answer."""
    key = key_file.read_text()

    async def asked(method, path, query="", body=b"", key=key, **told):
        known = {name.replace("_", "-"): value for name, value in told.items()}
        known |= {"authorization": f"Bearer {key}"} if key is not None else {}
        exchange = Exchange(body)
        await application.__rsgi__(Scope(method, path, query, headers(known)), exchange)
        return exchange.answer

    return asked


@pytest.mark.parametrize("path", ["/traces", "/logs", "/metrics", "/state", "/api/v1/query"])
@pytest.mark.parametrize("key", [None, "", "another", "the-stores-key-and-more"])
async def test_nothing_is_told_without_the_key(ask, path, key):
    """Signals are for who has the key; a missing one and a wrong one are the same."""
    assert 401 == (await ask("GET", path, key=key))[0]


async def test_a_senders_key_lets_records_in_and_nothing_out(
    settings, tmp_path, headers, otlp_spans
):
    """A program of a stranger may send, and may not read what others sent."""
    file = tmp_path / "send-key"
    file.write_text("send")
    application = Application(msgspec.structs.replace(settings, send_key_file=str(file)))
    told = headers({"authorization": "Bearer send", "content-type": "application/json"})
    seen = []
    for method, path in (("POST", "/v1/traces"), ("GET", "/traces"), ("GET", "/metrics")):
        exchange = Exchange(otlp_spans({}))
        await application.__rsgi__(Scope(method, path, "", told), exchange)
        seen.append(exchange.answer[0])
    assert [200, 401, 401] == seen


async def test_health_is_open(ask):
    """Probes have no key."""
    for path in ("/healthz/live", "/healthz/ready"):
        assert 200 == (await ask("GET", path, key=None))[0]


async def test_what_came_in_goes_out(ask, otlp_spans):
    """A sender's span is found two seconds later at the latest."""
    sent = await ask("POST", "/v1/traces", body=otlp_spans({}), content_type="application/json")
    assert (200, b"{}") == (sent[0], sent[2])
    async with asyncio.timeout(2):
        while not json.loads((await ask("GET", "/traces", "service=backend"))[2])["items"]:
            await asyncio.sleep(0.02)


async def test_a_refusal_is_a_problem(ask):
    """What is refused says why, in the form of all services."""
    status, headers, body = await ask("GET", "/nothing")
    assert (404, "application/problem+json") == (status, headers["content-type"])
    assert "/nothing" == json.loads(body)["instance"]


async def test_a_failure_is_an_answer_too(ask, monkeypatch):
    """Whatever goes wrong inside, the caller is not left waiting and learns nothing of it."""

    def failing(*_):
        raise RuntimeError("canary")

    monkeypatch.setattr(search, "search", failing)
    status, _, body = await ask("GET", "/logs")
    assert (500, False) == (status, b"canary" in body)


async def test_there_is_no_start_without_a_key(settings, key_file):
    """A store that would let everybody in does not start."""
    key_file.write_text("")
    with pytest.raises(SettingError, match="is empty"):
        Application(settings)
