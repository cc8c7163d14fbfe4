"""Bodies: held until they are whole, and refused when they are larger than the route takes.

A route of streams holds nothing: what comes goes on as fast as the service takes it.

A service never waits for a slow sender, and a request that is held can be tried again.
"""

from groundplan.targets.gateway.extension import Json, extension, typed

NAME = "envoy.filters.http.buffer"
MOST = 1 << 20
LEAST = 256 * 1024
"""What is read while a check is under way must fill less than half of the room, or Envoy reads no
further and refuses nothing. A declared length is exact all the same."""


def hold() -> Json:
    """Return the filter, with a limit for requests that match no route."""
    return extension(
        NAME, "envoy.extensions.filters.http.buffer.v3.Buffer", max_request_bytes=MOST
    )


def on_route(size: float) -> Json:
    """Return the limit of a route, in bytes, for bodies that do not say how long they are."""
    return typed(
        "envoy.extensions.filters.http.buffer.v3.BufferPerRoute",
        buffer={"max_request_bytes": max(int(size), LEAST)},
    )


def as_it_comes() -> Json:
    """Return what a route of streams says: its bodies are not held."""
    return typed("envoy.extensions.filters.http.buffer.v3.BufferPerRoute", disabled=True)


def too_large(size: float) -> Json:
    """Match requests that say of themselves that they are larger."""
    return {
        "name": "content-length",
        "range_match": {"start": int(size) + 1, "end": 2**63 - 1},
    }
