"""Alertmanager's configuration: who is told of what, and what is left unsaid.

Takes a platform and a placement; hands on plain values. All alerts of ours become incidents in the
console. Pages go to a second address too, straight from here: the console may be what is down.
"""

from typing import Any, Final

from groundplan.model import alert
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform

SECRET: Final = "alertmanager-receivers"  # noqa: S105 - the name of a Secret
"""The Secret in the namespace of what watches, with one key for each of the files below."""
FOLDER: Final = f"/etc/alertmanager/secrets/{SECRET}"
INCIDENTS_KEY: Final = f"{FOLDER}/incidents-key"
"""What opens the console's door for alerts."""
PAGER_URL: Final = f"{FOLDER}/pager-url"
"""A webhook as Slack has them; its address is a secret."""
NOBODY: Final = "nobody"
CONSOLE: Final = "console"
PAGER: Final = "pager"

_GROUPS: Final = ["alertname", "service", "slo", "namespace"]
_TEXT: Final = (
    "{{ range .Alerts }}{{ .Annotations.summary }}"
    '{{ with .Annotations.description }}{{ "\\n" }}{{ . }}{{ end }}'
    '{{ with .Annotations.runbook }}{{ "\\n" }}{{ . }}{{ end }}{{ "\\n\\n" }}{{ end }}'
)
"""Whole without the console, which may be what is down."""
_TITLE: Final = "[{{ .Status }}] {{ .CommonLabels.alertname }}"


def config(platform: Platform, placement: Placement) -> dict[str, Any]:
    """Return the configuration; secrets stand in files that it names."""
    return {
        "global": {"resolve_timeout": "5m"},
        "route": _routes(),
        "inhibit_rules": _inhibitions(),
        "receivers": [
            {"name": NOBODY},
            {"name": CONSOLE, "webhook_configs": [_console(platform, placement)]},
            {
                "name": PAGER,
                "webhook_configs": [_console(platform, placement)],
                "slack_configs": [_pager()],
            },
        ],
    }


def _routes() -> dict[str, Any]:
    """Return the routes; the words of charts for urgency stand beside ours."""
    return {
        "receiver": NOBODY,
        "group_by": _GROUPS,
        "group_wait": "30s",
        "group_interval": "5m",
        "repeat_interval": "12h",
        "routes": [
            {
                "receiver": PAGER,
                "matchers": ['severity=~"page|critical"'],
                "group_wait": "5s",
                "group_interval": "1m",
                "repeat_interval": "1h",
            },
            {"receiver": CONSOLE, "matchers": ['severity=~"ticket|warning"']},
        ],
    }


def _inhibitions() -> list[dict[str, Any]]:
    """Return what is left unsaid while something graver has been said."""
    return [
        _while(['severity="page"'], ['severity="ticket"'], "alertname", "slo"),
        _while(['alertname="ServiceDown"'], ['alertname=~"ReplicaDown|ReplicaFlapping"'], "job"),
        _while(
            ['alertname=~"DatabaseDown|CacheDown"'],
            ['alertname=~"DatabaseSlow|DatabaseConnectionsHigh|CacheSlow|CacheMemoryHigh"'],
            "service",
        ),
        _while(
            ['alertname=~"ServiceDown|DatabaseDown"'],
            ['alertname=~"LatencyBudgetBurn|BreakerOpen"'],
        ),
        _while(['severity="critical"'], ['severity="warning"'], "alertname", "namespace"),
    ]


def _while(source: list[str], target: list[str], *equal: str) -> dict[str, Any]:
    same = {"equal": list(equal)} if equal else {}
    return {"source_matchers": source, "target_matchers": target, **same}


def _console(platform: Platform, placement: Placement) -> dict[str, Any]:
    """Return the console's webhook, by the address that people use: its certificate is public."""
    url = placement.public_url or f"https://{platform.domain}"
    key = {"type": "Bearer", "credentials_file": INCIDENTS_KEY}
    return {
        "url": f"{url}{alert.INCIDENTS}",
        "send_resolved": True,
        "http_config": {"authorization": key, "follow_redirects": False},
    }


def _pager() -> dict[str, Any]:
    return {
        "api_url_file": PAGER_URL,
        "send_resolved": True,
        "title": _TITLE,
        "text": _TEXT,
    }
