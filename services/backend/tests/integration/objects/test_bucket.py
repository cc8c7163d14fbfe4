"""The store in the cloud, against a simulated S3: whole objects, ranges, links, copies."""

import os
import socket
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from groundplan.errors import GroundplanError
from groundplan.tools import environment
from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects.bucket import Bucket

NAME = "ab/object-1"
_SERVE = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A simulated S3 with one bucket, `files`."""
    try:
        python = environment.python("simulator")
    except GroundplanError as error:
        pytest.skip(f"needs the packages of requirements/simulator.lock: {error.message}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = subprocess.Popen(
        [str(python), "-c", _SERVE.format(port=port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport, timeout=20) as client:
            client.put(f"{url}/files").raise_for_status()
        yield url
    finally:
        served.kill()
        served.wait()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The store, with the keys that a simulator takes."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    return Bucket("files", "us-east-1", endpoint)


async def _put(bucket: Bucket, content: bytes, step: int = 100_000) -> None:
    async with bucket.writing(NAME, len(content)) as writer:
        for start in range(0, len(content), step):
            await writer.write(content[start : start + step])


@pytest.mark.parametrize("size", [0, 1, 300_000, 9 << 20])
async def test_what_is_put_in_comes_out(bucket: Bucket, size: int) -> None:
    """Sent at once or in pieces, whole and in ranges."""
    content = os.urandom(size)
    await _put(bucket, content)
    assert size == await bucket.size(NAME)
    for start, end in {(0, size), (size // 3, size // 2), (max(0, size - 1), size)}:
        pieces = [piece async for piece in bucket.read(NAME, size, start, end)]
        assert content[start:end] == b"".join(pieces)


async def test_a_link_takes_one_object_and_a_copy_outlives_it(bucket: Bucket) -> None:
    """A client puts straight into the bucket; what it writes later does not reach the copy."""
    link = await bucket.link("cd/direct-1", 60)
    assert "X-Amz-Signature=" in link
    async with httpx.AsyncClient() as client:
        (await client.put(link, content=b"first")).raise_for_status()
        await bucket.copy("cd/direct-1", "cd/own-1")
        (await client.put(link, content=b"later")).raise_for_status()
    pieces = [piece async for piece in bucket.read("cd/own-1", 5, 0, 5)]
    assert b"first" == b"".join(pieces)


async def test_removing_many_and_twice(bucket: Bucket) -> None:
    """What is not there is not missed."""
    await _put(bucket, b"x")
    for _ in range(2):
        await bucket.remove([NAME, "cd/never-1"])
    assert None is await bucket.size(NAME)


async def test_a_write_that_fails_leaves_no_object(bucket: Bucket) -> None:
    """Nothing appears before the end."""

    async def fail() -> None:
        async with bucket.writing("ef/half-1", 20 << 20) as writer:
            await writer.write(os.urandom(9 << 20))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert None is await bucket.size("ef/half-1")


async def test_a_bucket_that_is_not_there_is_unavailable(endpoint: str, bucket: Bucket) -> None:
    """Its caller is told to come again, not that there is no such thing."""
    missing = Bucket("nobodys", "us-east-1", endpoint)
    with pytest.raises(DependencyUnavailable):
        [piece async for piece in missing.read(NAME, 1, 0, 1)]
