"""What we use of RSGI, the interface between the HTTP server and the application, as types."""

from typing import Protocol

Headers = list[tuple[str, str]]


class RequestHeaders(Protocol):
    """The headers of a request; names are in lower case."""

    def get(self, key: str, default: str = "") -> str:
        """Return a header's first value, or the default."""


class Scope(Protocol):
    """One request without its body; `path` is percent-decoded and has no query."""

    method: str
    path: str

    @property
    def headers(self) -> RequestHeaders:
        """Return the headers of the request."""


class Response(Protocol):
    """The way back to the caller; one of these is called, once."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer with a body."""
