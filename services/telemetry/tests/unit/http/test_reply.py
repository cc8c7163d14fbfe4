"""Replies say what they are, and refusals why."""

import json

from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import Refused


def test_a_refusal_is_a_problem():
    """What is refused says so in the form of all services, and when to come again."""
    answer = reply.refusal(Refused(429, "too_many_requests", "Busy.", retry_after=1), "/v1/logs")
    assert (429, "application/problem+json") == (answer.status, answer.content_type)
    assert ("retry-after", "1") in answer.all_headers
    said = json.loads(answer.body)
    assert ("too_many_requests", "/v1/logs") == (said["code"], said["instance"])


def test_nothing_is_kept_on_the_way():
    """No proxy or browser keeps an answer."""
    assert ("cache-control", "no-store") in reply.json({}).all_headers
    assert [] == [name for name, _ in reply.json({}).all_headers if name == "retry-after"]
