"""What we use of RSGI, the interface between the HTTP server and the application, as types."""

from collections.abc import AsyncIterator
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
    query_string: str

    @property
    def headers(self) -> RequestHeaders:
        """Return the headers of the request."""


class Exchange(Protocol):
    """The body of a request, piece by piece, and the way back to the caller."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer, once."""
