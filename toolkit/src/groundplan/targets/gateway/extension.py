"""How Envoy's configuration names its own building blocks."""

from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]
TYPES: Final = "type.googleapis.com/"


def typed(message: str, **fields: Any) -> Json:
    """Return a message with its full type, such as `envoy.config.cluster.v3.Cluster`."""
    return {"@type": TYPES + message, **fields}


def extension(name: str, message: str, **fields: Any) -> Json:
    """Return a named extension with its settings."""
    return {"name": name, "typed_config": typed(message, **fields)}


def percent(value: float) -> Json:
    """Return a share (0 to 1) as Envoy writes percentages."""
    return {"value": round(value * 100, 3)}
