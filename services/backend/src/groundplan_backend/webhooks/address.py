"""Where a webhook may send to: addresses of the internet, and what the setting allows beside.

A name is resolved once for each attempt, every address that it has is judged, and the connection
goes to the address that was judged, so that a name cannot change its mind in between. Whoever
runs the platform allows more by networks (`10.1.0.0/16`) and names (`hooks.example`).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        # Addresses that hold an IPv4 address, which a gateway on the way may unpack.
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        # Global to Python, and yet inside: what clouds tell their machines, old site addresses.
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "fec0::/10",
    )
)


class AddressRefused(Exception):  # noqa: N818 - it says what happened
    """The URL leads where webhooks may not send."""


@dataclass(frozen=True, slots=True)
class Target:
    """One judged address of a URL, and what is asked there."""

    address: str
    port: int
    host: str
    path: str
    encrypted: bool

    @property
    def authority(self) -> str:
        """What `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.encrypted else 80) else f"{host}:{self.port}"


class Addresses:
    """Judges URLs; `allowed` is a list of networks and names, separated by commas."""

    def __init__(self, allowed: str = "", resolve: Resolve | None = None) -> None:
        self._networks: list[IPv4Network | IPv6Network] = []
        self._names: set[str] = set()
        self._resolve = resolve or _resolve
        for word in filter(None, (part.strip().lower() for part in allowed.split(","))):
            try:
                self._networks.append(ipaddress.ip_network(word))
            except ValueError:
                self._names.add(word)

    def check(self, url: str) -> None:
        """Judge what a URL says of itself, without resolving a name.

        Raises:
            AddressRefused: it is not https, names no host, or an address that is not allowed.
        """
        host, _, encrypted = _parts(url)
        literal = _literal(host)
        if not encrypted and not self._is_named(host, literal):
            raise AddressRefused("must be https")
        if literal is not None:
            self._judge(literal, host)

    async def target(self, url: str) -> Target:
        """Resolve and judge a URL.

        Raises:
            AddressRefused: any of its addresses is not allowed.
            OSError: its name is not known.
        """
        self.check(url)
        host, port, encrypted = _parts(url)
        found = [str(_literal(host) or "")] if _literal(host) else await self._resolve(host, port)
        for address in found:
            self._judge(ipaddress.ip_address(address.split("%")[0]), host)
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(found[0], port, host, path, encrypted)

    def _judge(self, address: Address, host: str) -> None:
        if host in self._names or any(address in network for network in self._networks):
            return
        if not is_public(address):
            raise AddressRefused(f"{address} is no address of the internet")

    def _is_named(self, host: str, literal: Address | None) -> bool:
        known = literal is not None and any(literal in network for network in self._networks)
        return known or host in self._names


def is_public(address: Address) -> bool:
    """Say whether an address is reached over the internet, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in _NEVER):
        return False
    return address.is_global and not address.is_multicast


def _parts(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("is no URL") from error
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        raise AddressRefused("must be a URL with a host and without a user")
    encrypted = parts.scheme == "https"
    return host.rstrip(".").lower(), port or (443 if encrypted else 80), encrypted


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise AddressRefused("its host is no name") from error
    return [str(entry[4][0]) for entry in found]
