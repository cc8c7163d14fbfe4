"""An incident as a document."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from groundplan_backend.incidents import export
from groundplan_backend.incidents.schemas import (
    IncidentAlert,
    IncidentDetail,
    IncidentEntry,
    Moment,
)

_AT = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


def _incident(**change: Any) -> IncidentDetail:
    told: dict[str, Any] = {
        "id": UUID(int=1),
        "alertname": "CacheDown",
        "service": "cache",
        "severity": "page",
        "slo": "",
        "summary": "the cache is down",
        "description": "Nobody answers.",
        "runbook": "CacheDown",
        "dashboard": None,
        "state": "resolved",
        "revision": 3,
        "started_at": _AT,
        "opened_at": _AT,
        "updated_at": _AT,
        "acknowledged_at": _AT + timedelta(minutes=1),
        "acknowledged_by": "otto@groundplan.example",
        "resolved_at": _AT + timedelta(minutes=30),
        "firing": 0,
        "alerts": [
            IncidentAlert(
                fingerprint="1",
                labels={"instance": "cache-1"},
                summary="the cache is down",
                description="",
                source="",
                started_at=_AT,
                ended_at=None,
            )
        ],
        "timeline": [
            IncidentEntry(id=1, at=_AT, kind="opened", by=None, text=""),
            IncidentEntry(
                id=2, at=_AT, kind="note", by="otto@groundplan.example", text="the cable"
            ),
        ],
        "moment": Moment(start=_AT, end=_AT),
    }
    return IncidentDetail(**{**told, **change})


def test_a_document_tells_the_story() -> None:
    """Facts, findings, what happened, and what is to be answered."""
    text = export.markdown(_incident(), "https://console.example")
    for words in (
        "# Incident: the cache is down",
        "| Lasted | 0:30:00 |",
        "2026-11-23 06:16:00 UTC by otto@groundplan.example",
        "- the cache is down, from 2026-11-23 06:15:00 UTC until now (instance=cache-1)",
        "- 2026-11-23 06:15:00 UTC note by otto@groundplan.example: the cable",
        "- What was the cause",
        "https://console.example/incidents/",
    ):
        assert words in text, words


def test_what_goes_on_says_so() -> None:
    """Nobody has it, and it has no end."""
    text = export.markdown(_incident(resolved_at=None, acknowledged_at=None, state="open"), "")
    assert "| Taken on | by nobody |" in text
    assert "| Lasted | until now |" in text


def test_words_of_others_stay_words() -> None:
    """No heading, table, link or tag comes of a note or an alert."""
    entry = IncidentEntry(
        id=1, at=_AT, kind="note", by=None, text="x\n# Heading\n| a | [b](c) <script>"
    )
    text = export.markdown(_incident(timeline=[entry], alerts=[]), "")
    assert "x \\# Heading \\| a \\| \\[b\\](c) \\<script\\>" in text
    assert "Nothing is kept of it." in text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("~~~ all that follows", r"\~\~\~ all that follows"),
        ("===", r"\==="),
        ("- - -", r"\- - -"),
        ("+ x", r"\+ x"),
        ("1. x", r"1\. x"),
        ("2) x", r"2\) x"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
    ],
)
def test_a_description_begins_nothing(words: str, text: str) -> None:
    """A fence in it would swallow the timeline, a list or a rule would be none of its own."""
    document = export.markdown(_incident(description=words), "https://console.example")
    assert f"\n\n{text}\n\n" in document
