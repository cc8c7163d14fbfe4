"""Sends one POST over one connection to one judged address, and reads the status of the answer.

Written by hand because a client library would resolve the name once more, follow redirects, or
read what a proxy variable says.
"""

import asyncio
import re
import ssl
from collections.abc import Mapping
from typing import Final

from groundplan_backend.webhooks.address import Target

TIMEOUT: Final = 10.0
"""Seconds for all of it."""
_LONGEST: Final = 8192
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: |\r|$)")


class NoAnswer(Exception):  # noqa: N818 - it says what happened
    """What answers does not speak HTTP."""


async def post(
    target: Target, headers: Mapping[str, str], body: bytes, encryption: ssl.SSLContext
) -> int:
    """Send and return the status.

    Raises:
        OSError: nobody listens, the certificate is not the host's, or time is up.
        NoAnswer: what answers is no HTTP.
    """
    async with asyncio.timeout(TIMEOUT):
        reader, writer = await asyncio.open_connection(
            target.address,
            target.port,
            limit=_LONGEST,
            ssl=encryption if target.encrypted else None,
            server_hostname=target.host if target.encrypted else None,
        )
        try:
            writer.write(_request(target, headers, body))
            await writer.drain()
            return await _status(reader)
        finally:
            writer.transport.abort()


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    told = {
        "host": target.authority,
        "user-agent": "groundplan-webhooks",
        "content-type": "application/json",
        "content-length": str(len(body)),
        "connection": "close",
        **headers,
    }
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {told[name]}" for name in told), "", ""]
    return "\r\n".join(lines).encode("ascii") + body


async def _status(reader: asyncio.StreamReader) -> int:
    try:
        line = await reader.readline()
    except ValueError as error:
        raise NoAnswer("the answer has no end of line") from error
    found = _STATUS.match(line)
    if found is None:
        raise NoAnswer("the answer is no HTTP")
    return int(found[1])
