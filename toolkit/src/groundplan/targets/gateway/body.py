"""Bodies: held until they are whole, and refused when they are larger than the route takes.

A service never waits for a slow sender, and a request that is held can be tried again.
"""

from groundplan.targets.gateway.extension import Json, extension, typed

NAME = "envoy.filters.http.buffer"
MOST = 1 << 20


def hold() -> Json:
    """Return the filter, with a limit for requests that match no route."""
    return extension(
        NAME, "envoy.extensions.filters.http.buffer.v3.Buffer", max_request_bytes=MOST
    )


def on_route(size: float) -> Json:
    """Return the limit of a route, in bytes."""
    return typed(
        "envoy.extensions.filters.http.buffer.v3.BufferPerRoute",
        buffer={"max_request_bytes": int(size)},
    )
