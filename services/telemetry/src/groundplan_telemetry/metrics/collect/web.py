"""Fetches expositions over HTTP, from addresses and from sockets of this machine.

A socket is written `unix:SOCKET:PATH`, such as `unix:/run/nginx.sock:/healthz/live`.
"""

import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from groundplan_telemetry.metrics.collect.target import CollectionError, Fetch

if TYPE_CHECKING:
    import httpx

LARGEST: Final = 16 << 20
HEADERS: Final = {"accept": "text/plain;version=0.0.4", "user-agent": "groundplan-telemetry"}
SOCKET: Final = "unix:"


class Server(NamedTuple):
    """Whom a client speaks to: a socket, or addresses that an authority vouches for."""

    socket: str
    is_encrypted: bool
    authority: str


class Web:
    """One client for each kind of server; connections are kept."""

    def __init__(self) -> None:
        self._clients: dict[Server, httpx.AsyncClient] = {}

    def fetch(
        self, url: str, authority: str, wait: float, headers: Mapping[str, str] | None = None
    ) -> Fetch:
        """Return what fetches an address.

        Args:
            url: the address.
            authority: the file of who vouches for its server; empty without TLS.
            wait: seconds until it is given up.
            headers: what is sent with it.
        """
        socket, at = _parted(url)
        server = Server(socket, at.startswith("https:"), authority)

        async def get() -> str:
            client = self._client(server)
            async with client.stream("GET", at, timeout=wait, headers=headers) as answer:
                if answer.status_code != 200:
                    raise CollectionError(f"server returned HTTP status {answer.status_code}")
                return await _read(answer)

        return get

    def _client(self, server: Server) -> "httpx.AsyncClient":
        if server not in self._clients:
            self._clients[server] = _opened(server)
        return self._clients[server]

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()


def _parted(url: str) -> tuple[str, str]:
    """Return the socket, empty where there is none, and the address."""
    if not url.startswith(SOCKET):
        return "", url
    socket, _, path = url.removeprefix(SOCKET).partition(":")
    return socket, f"http://localhost{path or '/'}"


def _opened(server: Server) -> "httpx.AsyncClient":
    # Loaded with the first question: the store answers sooner.
    import httpx

    # Trust is read from disk only where it is needed.
    authority = server.authority or None
    trust = ssl.create_default_context(cafile=authority) if server.is_encrypted else False
    transport = httpx.AsyncHTTPTransport(verify=trust, uds=server.socket or None)
    # What is scraped is on this machine: no proxy of the environment is asked.
    return httpx.AsyncClient(transport=transport, headers=HEADERS, trust_env=False)


async def _read(answer: "httpx.Response") -> str:
    pieces, size = [], 0
    async for piece in answer.aiter_bytes():
        size += len(piece)
        if size > LARGEST:
            raise CollectionError(f"exposes more than {LARGEST >> 20} MB")
        pieces.append(piece)
    return b"".join(pieces).decode(errors="replace")
