"""How long lines are kept, and how Elasticsearch reads their fields.

A stream's newest index is written until it is a day old or large; then the next begins, and the
old one is deleted when it has been closed for as long as the file says. Spans have an index a day,
which Jaeger's cleaner deletes.
"""

from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import size

DEAD: Final = "deadletter"
"""The data set of what could not be stored as it was."""
_DAY: Final = 86400
_LARGE: Final = "10gb"
_KEYWORDS: Final = (
    *("event.id", "service.name", "service.node.name", "service.environment", "log.level"),
    *("trace.id", "span.id", "url.path", "http.route", "http.request.id", "http.request.method"),
    *("kubernetes.namespace", "kubernetes.pod.name", "kubernetes.container.name", "host.name"),
)
_NUMBERS: Final = {"http.response.status_code": "short", "event.duration": "long"}


def stream(platform: Platform, placement: Placement, set_: str = "") -> str:
    """Return the name of a data stream; its parts may hold no hyphen."""
    return f"logs-{dataset(platform, set_)}-{space(placement)}"


def dataset(platform: Platform, set_: str = "") -> str:
    """Return the second part of a stream's name."""
    return f"{platform.name}.{set_}".rstrip(".").replace("-", "_")


def space(placement: Placement) -> str:
    """Return the third part of a stream's name."""
    return placement.environment.replace("-", "_")


def policy(platform: Platform) -> dict[str, Any]:
    """Return the life of an index."""
    hot = {"rollover": {"max_age": "1d", "max_primary_shard_size": _LARGE}}
    days = days_of(platform.observability.logs.retention)
    return {
        "policy": {
            "phases": {
                "hot": {"actions": {**hot, "set_priority": {"priority": 100}}},
                "delete": {"min_age": f"{days}d", "actions": {"delete": {}}},
            }
        }
    }


def template(platform: Platform) -> dict[str, Any]:
    """Return how the platform's streams are made."""
    return {
        "index_patterns": [f"logs-{dataset(platform)}*-*"],
        "data_stream": {},
        "priority": 500,
        "composed_of": [],
        "template": {
            "settings": {
                "index.lifecycle.name": name(platform),
                "index.number_of_shards": 1,
                "index.number_of_replicas": size.of(platform).replicas,
                "index.mapping.total_fields.limit": 500,
                # Nor does one field too many cost the line.
                "index.mapping.total_fields.ignore_dynamic_beyond_limit": True,
                # A field that does not fit is left out of the index; the line is kept.
                "index.mapping.ignore_malformed": True,
            },
            "mappings": _mappings(),
        },
    }


def name(platform: Platform) -> str:
    """Return what the policy and the template are called."""
    return f"{platform.name}-logs"


def days_of(seconds: float) -> int:
    """Return whole days, one at the least."""
    return max(1, round(seconds / _DAY))


def _mappings() -> dict[str, Any]:
    """Return the fields that are asked for; words that nobody knows are kept as flat texts."""
    known: dict[str, Any] = {"@timestamp": {"type": "date"}, "message": {"type": "text"}}
    known |= {name: {"type": "keyword", "ignore_above": 1024} for name in _KEYWORDS}
    known |= {name: {"type": sort} for name, sort in _NUMBERS.items()}
    words = {"match_mapping_type": "string", "mapping": {"type": "keyword", "ignore_above": 1024}}
    return {"properties": known, "dynamic_templates": [{"words": words}]}
