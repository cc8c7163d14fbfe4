"""The words that people are told of an incident: in a mail, and in Slack's form.

Words of alerts are somebody else's: control characters go, and what Slack would take for a link
or a call to everybody is written so that it is neither.
"""

import re
from typing import Any, Final

from groundplan_backend.http import reply
from groundplan_backend.incidents.schemas import IncidentNotice
from groundplan_backend.mail.message import Message

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""With all that ends a line: in a header, or so that words look like lines of ours."""
_LONGEST_SUBJECT: Final = 150
_WORDS: Final = {
    "incident.opened": "Firing",
    "incident.reopened": "Firing again",
    "incident.escalated": "Worse",
    "incident.resolved": "Resolved",
    "incident.acknowledged": "Taken on",
    "channel.test": "Test",
}
_COLOURS: Final = {"page": "#c62828", "ticket": "#ef6c00"}
_OVER: Final = "#2e7d32"


def mail(address: str, notice: IncidentNotice) -> Message:
    """Return the mail."""
    lines = [
        _line(notice.summary),
        "",
        f"Alert: {_line(notice.alertname)}",
        f"Service: {_line(notice.service) or 'the platform'}",
        f"Severity: {_line(notice.severity) or 'none'}",
        f"Environment: {notice.environment}",
        f"Time: {notice.at:%Y-%m-%d %H:%M:%S} UTC",
        "",
        notice.url,
        "",
    ]
    subject = _line(_title(notice))[:_LONGEST_SUBJECT]
    return Message(address, subject, "\n".join(lines))


def slack(notice: IncidentNotice) -> bytes:
    """Return the body of a message as Slack's incoming webhooks take it."""
    fields = [
        _field("Service", notice.service or "the platform"),
        _field("Severity", notice.severity or "none"),
        _field("Environment", notice.environment),
    ]
    is_over = notice.type == "incident.resolved"
    colour = _OVER if is_over else _COLOURS.get(notice.severity, _COLOURS["ticket"])
    attachment = {
        "color": colour,
        "title": _plain(_title(notice)),
        "title_link": notice.url,
        "text": _plain(notice.summary),
        "fallback": _plain(_title(notice)),
        "fields": fields,
        "ts": int(notice.at.timestamp()),
    }
    return reply.encode({"text": _plain(_title(notice)), "attachments": [attachment]})


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _title(notice: IncidentNotice) -> str:
    where = f" ({notice.service})" if notice.service else ""
    return f"{_WORDS[notice.type]}: {notice.alertname}{where}"


def _field(title: str, value: str) -> dict[str, Any]:
    return {"title": title, "value": _plain(value), "short": True}


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
