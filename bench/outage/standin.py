"""A stand-in for what keeps signals in a cluster: `python -m bench.outage.standin PORT`.

It takes spans as a collector does, and answers what the backend asks Jaeger and Elasticsearch
with nothing found. It does as little as it can: what is measured are those who call it.
"""

import asyncio
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

TAKEN: Final = b"{}"
FOUND: Final[Mapping[bytes, bytes]] = {
    b"/api/services": b'{"data":["backend"]}',
    b"/api/traces": b'{"data":[]}',
    b"/logs-*/_search": b'{"timed_out":false,"_shards":{"failed":0},"hits":{"hits":[]}}',
}


async def serve(port: int) -> None:
    """Answer until the process is ended."""
    server = await asyncio.start_server(_speak, "127.0.0.1", port, backlog=256)
    async with server:
        await server.serve_forever()


async def _speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(EOFError, OSError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            await reader.readexactly(_length(head))
            body = FOUND.get(_path(head), TAKEN)
            said = b"content-type: application/json\r\ncontent-length: %d" % len(body)
            writer.write(b"HTTP/1.1 200 OK\r\n%b\r\n\r\n%b" % (said, body))
    writer.close()


def _path(head: bytes) -> bytes:
    return head.split(b" ", 2)[1].partition(b"?")[0].replace(b"%2A", b"*")


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0] or 0)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
