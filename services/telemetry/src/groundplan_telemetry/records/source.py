"""Who a record is from: a replica of a service, and what else is said of it."""

from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

UNKNOWN = "unknown"


class Source(NamedTuple):
    """One replica; `resource` is a JSON object of what else it says of itself."""

    service: str
    replica: str
    resource: str = "{}"


def of_resource(attributes: dict[str, Any]) -> Source:
    """Return who a resource of OpenTelemetry is; the same values are one object."""
    left = dict(attributes)
    service = str(left.pop("service.name", "") or UNKNOWN)
    replica = str(left.pop("service.instance.id", ""))
    resource = msgspec.json.encode(left, order="sorted").decode()
    return _one(service, replica, resource)


@lru_cache(maxsize=1024)
def _one(service: str, replica: str, resource: str) -> Source:
    return Source(service, replica, resource)
