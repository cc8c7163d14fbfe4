"""Floods, slow senders and large senders are cut; whoever behaves notices nothing."""

import concurrent.futures
import contextlib
import http.client
import socket
import struct
import threading
import time

import pytest

TARGET = "/api/v1/catalog/services"
KIB = 1024
BUCKET = 6
"""Requests of one second of a small platform: fewer than any machine can ask in it."""


@pytest.fixture
def bystander(stack, until):
    """A client that asks all the while; what it was answered is checked at the end."""
    token = stack.issuer.token()
    statuses = []
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            statuses.append(stack.get(TARGET, token=token).status)
            time.sleep(0.01)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    until(lambda: statuses)
    yield
    stop.set()
    asking.join()
    assert set(statuses) == {200}


def test_flood_is_cut(build_stack):
    """Beyond what one Envoy takes on in a second the answer is 429, before any other work."""
    calm = {"objectives": {"api": {"throughput": f"{BUCKET}/min"}}}
    with (
        build_stack(calm, authzs=1, upstreams=1, is_patient=True) as stack,
        concurrent.futures.ThreadPoolExecutor(8) as clients,
    ):
        token = stack.issuer.token()
        time.sleep(1.1)
        began = time.monotonic()
        answers = list(clients.map(lambda _: stack.get(TARGET, token=token), range(20 * BUCKET)))
        served = sum(each.status == 200 for each in answers)
        # What was in the bucket, and what each second that began has added.
        assert served <= BUCKET * (2 + time.monotonic() - began)
        assert {each.status for each in answers} == {200, 429}
        refused = [each for each in answers if each.status == 429]
        assert refused[0].json["code"] == "rate_limited"
        assert refused[0].headers["retry-after"] == "1"
        time.sleep(1.1)
        assert stack.get(TARGET, token=token).status == 200


def test_no_flood_limit_is_met_in_calm(stack):
    """The same requests pass where the platform promises more."""
    token = stack.issuer.token()
    assert {stack.get(TARGET, token=token).status for _ in range(150)} == {200}


@pytest.mark.parametrize(("size", "status"), [(KIB * KIB, 200), (KIB * KIB + 1, 413)])
def test_large_body_is_refused(stack, bystander, size, status):
    """A body of the route's limit passes, one byte more does not reach the service."""
    before = len(stack.seen)
    token = stack.issuer.token(role="operator")
    answer = stack.send("POST", TARGET, token=token, body=b"x" * size)
    assert answer.status == status
    posts = [seen for seen in stack.seen[before:] if seen.method == "POST"]
    assert len(posts) == (status == 200)
    if status == 413:
        assert answer.json["code"] == "payload_too_large"


def test_large_body_without_length_is_refused(stack, bystander):
    """A body in chunks is counted as it comes."""
    token = stack.issuer.token(role="operator")
    head = f"POST {TARGET} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    with stack.connect() as connection:
        connection.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(OSError):
            for _ in range(40):
                connection.sendall(chunk)
        assert b" 413 " in connection.recv(64)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("one large", [f"x-large: {'a' * 61 * KIB}"]),
        ("large together", [f"x-{n}: {'a' * 8000}" for n in range(9)]),
        ("many", [f"x-{n}: a" for n in range(120)]),
    ],
)
def test_large_headers_are_refused(stack, bystander, name, lines):
    """Headers beyond 60 KiB or a hundred are refused."""
    request = "\r\n".join([f"GET {TARGET} HTTP/1.1", "Host: a", *lines, "", ""]).encode()
    assert stack.raw(request) == 431


def test_headers_within_bounds_pass(stack):
    """Headers just below the bounds are nobody's trouble."""
    headers = {f"x-{n}": "a" * 600 for n in range(80)}
    assert stack.get("/api/v1/openapi.json", headers=headers).status == 200


def test_slow_headers_are_cut(stack, bystander):
    """Fifty clients that never finish their headers are gone after ten seconds."""
    slow = [stack.connect(15) for _ in range(50)]
    began = time.monotonic()
    for each in slow:
        each.sendall(f"GET {TARGET} HTTP/1.1\r\nHost: a\r\n".encode())
    for tick in range(9):
        time.sleep(1)
        for each in slow:
            with contextlib.suppress(ConnectionError):
                each.sendall(f"x-{tick}: a\r\n".encode())
    for each in slow:
        with contextlib.suppress(ConnectionError):
            while each.recv(4096):
                pass
        each.close()
    assert 9 < time.monotonic() - began < 13


@pytest.mark.parametrize(
    "request_text",
    [
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1e2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nx-a: b\0c\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/3.7\r\nHost: a\r\n\r\n",
        "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_ambiguous_requests_are_refused(stack, request_text):
    """What two servers might read in two ways is read by none."""
    with stack.connect() as connection:
        connection.sendall(request_text.encode("latin-1"))
        answer = connection.recv(4096)
    assert answer.split(b" ")[1] in (b"400", b"426", b"501")


def test_stray_returns_do_not_arrive(stack):
    """A carriage return inside a header is taken out, so it starts no header further on."""
    lines = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\nx-a: b\rx-groundplan-role: c\r\n\r\n"
    assert stack.raw(lines.encode()) == 200
    assert stack.seen[-1].headers["x-a"] == "bx-groundplan-role: c"
    assert "x-groundplan-role" not in stack.seen[-1].headers


def test_smuggled_request_is_not_served(stack):
    """A second request hidden in the body of the first is never seen by a service."""
    hidden = "GET /api/v1/openapi.json?hidden HTTP/1.1\r\nHost: a\r\n\r\n"
    head = "POST /api/v1/identity/sign-in HTTP/1.1\r\nHost: a\r\n"
    for framing in (
        f"Content-Length: {len(hidden) + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        f"Transfer-Encoding: chunked\r\nContent-Length: {len(hidden) + 5}\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n\r\n0\r\n\r\n",
    ):
        with stack.connect(2) as connection:
            connection.sendall((head + framing + hidden).encode())
            with contextlib.suppress(OSError):
                while connection.recv(4096):
                    pass
    assert [seen for seen in stack.seen if "hidden" in seen.target] == []


def test_idle_connection_is_no_error(stack):
    """One connection serves request after request."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.ports["gateway"][0])
    for _ in range(3):
        connection.request("GET", "/healthz/live")
        assert connection.getresponse().read() == b'{"status":"live"}'
    assert isinstance(connection.sock, socket.socket)
    connection.close()


def frames(data):
    """Split HTTP/2 frames: type, flags, stream, payload."""
    while len(data) >= 9:
        length = int.from_bytes(data[:3], "big")
        yield data[3], data[4], int.from_bytes(data[5:9], "big"), data[9 : 9 + length]
        data = data[9 + length :]


def test_http2_is_served_within_bounds(stack):
    """HTTP/2 is spoken without TLS, with a hundred streams and small windows."""
    with stack.connect() as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\4" + bytes(5))
        kind, _, _, payload = next(frames(connection.recv(4096)))
    settings = dict(struct.iter_unpack("!HI", payload))
    assert kind == 4
    assert (settings[3], settings[4]) == (100, 64 * KIB)


def test_rapid_resets_end_the_connection(stack, bystander):
    """A client that opens streams only to reset them loses its connection (CVE-2023-44487)."""
    block = b"\x82\x86\x84\x41\x01a"
    attack = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(3) + b"\4" + bytes(5)
    for number in range(2000):
        stream = (2 * number + 1).to_bytes(4, "big")
        attack += len(block).to_bytes(3, "big") + b"\1\4" + stream + block
        attack += b"\0\0\4\3\0" + stream + b"\0\0\0\x08"
    with stack.connect() as connection, contextlib.suppress(ConnectionError):
        connection.sendall(attack)
        found = b""
        while part := connection.recv(65536):
            found += part
    assert stack.get("/healthz/live").status == 200
