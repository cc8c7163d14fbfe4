"""Searches that everybody finds in Kibana: what one asks first, one line of NDJSON each."""

import json
from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import lifecycle

_COLUMNS: Final = ("service.name", "log.level", "message", "trace.id")
_TOOK: Final = ("service.name", "http.route", "http.response.status_code", "event.duration")
_SEARCHES: Final = {
    "errors": ("Errors of all services", 'log.level : ("error" or "critical")', _COLUMNS),
    "warnings": ("Warnings of all services", 'log.level : ("warn" or "warning")', _COLUMNS),
    "failed-requests": ("Requests that failed", "http.response.status_code >= 500", _TOOK),
    "refused-requests": (
        "Requests that were refused",
        "http.response.status_code : (401 or 403 or 429)",
        _TOOK,
    ),
    "with-a-trace": ("Lines that belong to a trace", "trace.id : *", _COLUMNS),
}
"""By id: the title, the question in KQL, and the columns."""


def searches(platform: Platform, placement: Placement) -> str:
    """Return the data views and the searches."""
    lines, dead = lifecycle.stream(platform, placement), lifecycle.DEAD
    slow = round(platform.observability.traces.slow * 1e9)
    found = {
        **_SEARCHES,
        "slow-requests": ("Requests that were slow", f"event.duration >= {slow}", _TOOK),
    }
    written = [
        _view("lines", lines, "Lines"),
        _view("dead-letters", lifecycle.stream(platform, placement, dead), "Dead letters"),
        *(_search(name, "lines", *parts) for name, parts in found.items()),
        _search("dead-letters", "dead-letters", "What could not be stored", "", ("message",)),
        *(_of_service(name) for name in platform.services),
    ]
    return "".join(json.dumps(each, sort_keys=True) + "\n" for each in written)


def _of_service(name: str) -> dict[str, Any]:
    question = f'service.name : "{name}"'
    return _search(f"of-{name}", "lines", f"Lines of {name}", question, _COLUMNS)


def _view(name: str, pattern: str, title: str) -> dict[str, Any]:
    return {
        "type": "index-pattern",
        "id": name,
        "attributes": {"title": pattern, "name": title, "timeFieldName": "@timestamp"},
        "references": [],
    }


def _search(
    name: str, view: str, title: str, question: str, columns: tuple[str, ...]
) -> dict[str, Any]:
    reference = "kibanaSavedObjectMeta.searchSourceJSON.index"
    source = {
        "query": {"language": "kuery", "query": question},
        "filter": [],
        "indexRefName": reference,
    }
    return {
        "type": "search",
        "id": f"search-{name}",
        "attributes": {
            "title": title,
            "description": "",
            "columns": list(columns),
            "sort": [["@timestamp", "desc"]],
            "kibanaSavedObjectMeta": {"searchSourceJSON": json.dumps(source, sort_keys=True)},
        },
        "references": [{"name": reference, "type": "index-pattern", "id": view}],
    }
