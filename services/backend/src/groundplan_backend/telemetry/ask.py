"""Asks what keeps signals over HTTP, and is done within `PATIENCE` whatever happens there.

Answers are read up to `LARGEST` bytes, also of what was packed. Every failure is a
TelemetryUnavailable: nobody who asks for signals waits for long, and nobody else waits at all.
"""

import asyncio
import base64
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from groundplan_backend.errors import TelemetryUnavailable
from groundplan_backend.settings import Secret

PATIENCE: Final = 1.8
"""Seconds for an answer, with all questions and waiting that it takes."""
LARGEST: Final = 16 << 20
_PLAIN: Final = frozenset({"", "identity"})
_GZIP: Final = "gzip"
_AT_ONCE: Final = 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status is."""

    status: int
    body: bytes

    def read(self, kind: type[T]) -> T:
        """Return the body as what it was agreed to be.

        Raises:
            TelemetryUnavailable: it is something else.
        """
        try:
            return msgspec.json.decode(self.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise TelemetryUnavailable(f"the answer is not as agreed: {error}") from error


class Place:
    """One address that is asked; connections are kept between questions."""

    def __init__(
        self, url: str, authorization: str | None = None, authority: Path | None = None
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = {"accept-encoding": _GZIP}
        if authorization:
            self._headers["authorization"] = authorization
        self._authority = authority
        self._client: httpx.AsyncClient | None = None

    async def get(self, path: str, parameters: Mapping[str, str | int] | None = None) -> Answer:
        """Ask with GET.

        Raises:
            TelemetryUnavailable: there is no answer in time, or it is too long.
        """
        return await self._ask("GET", path, params=dict(parameters or {}))

    async def post_form(self, path: str, form: Mapping[str, str]) -> Answer:
        """Ask with a form, which may be longer than an address.

        Raises:
            TelemetryUnavailable: there is no answer in time, or it is too long.
        """
        return await self._ask("POST", path, data=dict(form))

    async def post_json(self, path: str, body: object) -> Answer:
        """Ask with JSON.

        Raises:
            TelemetryUnavailable: there is no answer in time, or it is too long.
        """
        kind = {"content-type": "application/json"}
        return await self._ask("POST", path, content=msgspec.json.encode(body), headers=kind)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(self, method: str, path: str, **request: object) -> Answer:
        try:
            async with (
                asyncio.timeout(PATIENCE),
                self._kept().stream(method, self._url + path, **request) as answer,  # type: ignore[arg-type]
            ):
                return Answer(answer.status_code, await _whole(answer))
        except TimeoutError as error:
            raise TelemetryUnavailable(f"no answer within {PATIENCE} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise TelemetryUnavailable(f"no answer ({type(error).__name__})") from error

    def _kept(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                headers=self._headers,
                # Read with the first question: without the file only this place is out.
                verify=_encryption(self._url, self._authority),
                timeout=PATIENCE,
                limits=httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=4),
                follow_redirects=False,
                trust_env=False,
            )
        return self._client


def _encryption(url: str, authority: Path | None) -> ssl.SSLContext | bool:
    if urlsplit(url).scheme != "https":
        return False
    context = ssl.create_default_context(cafile=authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def _whole(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    unpacked = _unpacking(answer.headers.get("content-encoding", ""))
    async for part in answer.aiter_raw():
        parts.append(unpacked(part, LARGEST + 1 - size))
        size += len(parts[-1])
        if size > LARGEST:
            raise TelemetryUnavailable(f"the answer has more than {LARGEST} bytes")
    return b"".join(parts)


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks a part to so many bytes at the most: a small one may hold thousands."""
    if encoding in _PLAIN:
        return lambda part, _: part
    if encoding != _GZIP:
        raise TelemetryUnavailable("the answer is packed as nobody asked for")
    opened = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    def unpacked(part: bytes, most: int) -> bytes:
        try:
            return opened.decompress(part, most)
        except zlib.error as error:
            raise TelemetryUnavailable("the answer is not packed as it says") from error

    return unpacked


async def within(work: Awaitable[T]) -> T:
    """Return what is made of one answer or of several, within the same time.

    Raises:
        TelemetryUnavailable: it takes longer.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except TimeoutError as error:
        raise TelemetryUnavailable(f"no answer within {PATIENCE} s") from error


def bearer(key: Secret | None) -> str | None:
    """Return the header that shows a key."""
    return f"Bearer {key.reveal()}" if key else None


def basic(user: str, password: Secret | None) -> str | None:
    """Return the header of a user and a password."""
    if not user or password is None:
        return None
    return "Basic " + base64.b64encode(f"{user}:{password.reveal()}".encode()).decode()
