"""The words that people are told."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from groundplan_backend.incidents import message
from groundplan_backend.incidents.schemas import IncidentNotice
from groundplan_backend.mail.message import written


def _notice(**change: Any) -> IncidentNotice:
    told: dict[str, Any] = {
        "id": 7,
        "type": "incident.opened",
        "at": datetime(2026, 11, 23, 6, 15, tzinfo=UTC),
        "incident": UUID(int=1),
        "environment": "prod",
        "alertname": "CacheDown",
        "service": "cache",
        "severity": "page",
        "state": "open",
        "summary": "the cache is down",
        "url": "https://console.example/incidents/1",
    }
    return IncidentNotice(**{**told, **change})


def test_a_mail_says_what_and_where() -> None:
    """Its subject alone is enough at night."""
    mail = message.mail("on-call@groundplan.example", _notice())
    assert ("on-call@groundplan.example", "Firing: CacheDown (cache)") == (mail.to, mail.subject)
    for words in (
        "the cache is down",
        "Severity: page",
        "2026-11-23 06:15:00 UTC",
        "/incidents/1",
    ):
        assert words in mail.text


def test_words_of_alerts_make_no_headers() -> None:
    """A line end in a name does not begin another header."""
    mail = message.mail("a@b.example", _notice(alertname="A\r\nBcc: c@d.example", service=""))
    assert "Firing: A Bcc: c@d.example" == mail.subject


def test_slack_gets_no_link_and_no_call_but_ours() -> None:
    """What its form would take for one is written as text."""
    body = json.loads(message.slack(_notice(summary="<!channel> & <https://evil.example|here>")))
    attachment = body["attachments"][0]
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;" == attachment["text"]
    assert "https://console.example/incidents/1" == attachment["title_link"]
    assert "<" not in json.dumps(body)


def test_the_end_looks_like_an_end() -> None:
    """Green, whatever it was."""
    colours = [
        json.loads(message.slack(_notice(type=kind, severity=severity)))["attachments"][0]["color"]
        for kind, severity in (
            ("incident.opened", "page"),
            ("incident.opened", "ticket"),
            ("incident.resolved", "page"),
        )
    ]
    assert 3 == len(set(colours))


@pytest.mark.parametrize("end", ["\r\n", "\x85", "\u2028", "\u2029", "\x1e"])
def test_a_mail_can_be_written_whatever_an_alert_is_called(end: str) -> None:
    """Each character that ends a line somewhere is a blank, in the head and in the words."""
    told = _notice(alertname=f"A{end}B", service=f"C{end}D", summary=f"S{end}Severity: none")
    mail = message.mail("a@b.example", told)
    letter = written(UUID(int=1), mail, "groundplan@b.example", told.at)
    assert b"Subject: Firing: A B (C D)\r\n" in letter
    assert "S Severity: none" == mail.text.splitlines()[0]
