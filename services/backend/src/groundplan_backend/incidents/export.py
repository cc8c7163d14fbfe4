"""An incident as a document, to write down afterwards what was learned of it.

Words of alerts and people stand in it as they are, indented or escaped, so that they are text
and nothing else.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from groundplan_backend.incidents.schemas import IncidentAlert, IncidentDetail, IncidentEntry

MEDIA_TYPES: Final = {
    "markdown": "text/markdown; charset=utf-8",
    "json": "application/json",
}
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|!~&])")
_FIRST: Final = re.compile(r"^(\d{0,9})([-+=.)])")
"""What makes a list, a rule or a heading of a line that begins with it."""
_QUESTIONS: Final = (
    "What did users notice, and for how long?",
    "What was the cause, and why was it not found before?",
    "What helped, and what was missing?",
    "What will be done, by whom, and until when?",
)
_WORDS: Final = {
    "opened": "opened",
    "alert_firing": "alert fires",
    "alert_resolved": "alert is over",
    "acknowledged": "taken on",
    "note": "note",
    "resolved": "resolved",
    "reopened": "opened again",
    "escalated": "became worse",
}


def markdown(incident: IncidentDetail, public_url: str) -> str:
    """Return the document."""
    parts = [
        f"# Incident: {_escaped(incident.summary)}",
        _facts(incident, public_url),
        "## What was found",
        "\n".join(_found(one) for one in incident.alerts) or "Nothing is kept of it.",
        "## Timeline",
        "\n".join(_line(one) for one in incident.timeline),
        "## To be answered",
        "\n".join(f"- {question}" for question in _QUESTIONS),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(incident: IncidentDetail, public_url: str) -> str:
    facts = {
        "Alert": _escaped(incident.alertname),
        "Service": _escaped(incident.service or "the platform"),
        "Severity": _escaped(incident.severity or "none"),
        "Objective": _escaped(incident.slo or "none"),
        "State": incident.state,
        "Began": _time(incident.started_at),
        "Taken on": _taken_on(incident),
        "Resolved": _time(incident.resolved_at),
        "Lasted": _lasted(incident),
        "Runbook": _escaped(incident.runbook or "none"),
        "In the console": f"<{public_url}/incidents/{incident.id}>",
    }
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    described = f"\n\n{_escaped(incident.description)}" if incident.description else ""
    return f"| | |\n|---|---|\n{rows}{described}"


def _taken_on(incident: IncidentDetail) -> str:
    if incident.acknowledged_at is None:
        return "by nobody"
    by = _escaped(incident.acknowledged_by or "somebody")
    return f"{_time(incident.acknowledged_at)} by {by}"


def _lasted(incident: IncidentDetail) -> str:
    if incident.resolved_at is None:
        return "until now"
    whole = incident.resolved_at - incident.started_at
    return str(timedelta(seconds=max(0, round(whole.total_seconds()))))


def _found(alert: IncidentAlert) -> str:
    labels = ", ".join(
        f"{_escaped(name)}={_escaped(value)}" for name, value in alert.labels.items()
    )
    until = _time(alert.ended_at) if alert.ended_at else "now"
    summary = _escaped(alert.summary)
    return f"- {summary}, from {_time(alert.started_at)} until {until} ({labels})"


def _line(entry: IncidentEntry) -> str:
    who = f" by {_escaped(entry.by)}" if entry.by else ""
    text = f": {_escaped(entry.text)}" if entry.text else ""
    return f"- {_time(entry.at)} {_WORDS[entry.kind]}{who}{text}"


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "not yet"


def _escaped(text: str) -> str:
    """Return words that Markdown takes for words, on one line."""
    return _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
