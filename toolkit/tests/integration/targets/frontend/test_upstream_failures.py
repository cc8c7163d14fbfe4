"""What happens between nginx and the gateways when one of them, or nginx itself, goes away."""

import contextlib
import http.client
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


def test_a_read_goes_to_the_other_gateway_when_one_hangs_up(site):
    """A read that was lost is asked once more, elsewhere, and never a third time."""
    status, _, _ = site.ask("/api/close")
    assert status == 502
    assert [gateway.times("/api/close") for gateway in site.gateways] == [1, 1]


def test_a_write_that_was_sent_is_not_repeated(site):
    """A write may have been done; only its caller may decide to send it again."""
    status, _, _ = site.ask("/api/close", "POST", b"{}")
    assert status == 502
    assert sum(gateway.times("/api/close") for gateway in site.gateways) == 1


def test_a_refusal_is_an_answer(site):
    """A 503 of the gateway is passed on as it is: the gateway repeats what may be repeated."""
    status, _, _ = site.ask("/api/status/503")
    assert status == 503
    assert sum(gateway.times("/api/status/503") for gateway in site.gateways) == 1


def test_a_dead_gateway_costs_no_request(site):
    """Reads and writes reach the living gateway while the other's port is closed."""
    dead = site.gateways[0]
    dead.shutdown()
    dead.server_close()
    found = [site.ask("/api/echo", method)[0] for method in ("GET", "POST") * 20]
    assert found == [200] * 40


def test_a_draining_gateway_gets_nothing_new(site):
    """Soon after a reload that marks a gateway as draining, all requests go to the others."""
    site.write(1)
    site.processes[1].send_signal(signal.SIGHUP)
    first, second = site.gateways
    end = time.monotonic() + 10
    while time.monotonic() < end:
        before = len(first.seen), len(second.seen)
        assert [site.ask("/api/echo")[0] for _ in range(40)] == [200] * 40
        if len(first.seen) == before[0]:
            break
    assert (len(first.seen) - before[0], len(second.seen) - before[1]) == (0, 40)


def test_a_replica_that_leaves_takes_no_request_with_it(make_site):
    """Two replicas share a socket; each is stopped and started under load without one failure."""
    site = make_site(replicas=2)
    with load(site.port) as heard:
        for replica in (1, 2, 1, 2):
            time.sleep(0.3)
            assert site.stop(replica) == 0
            site.start(replica)
        site.until(lambda: heard.answers > 200, 20)
    assert heard.failures == []


def test_a_reload_takes_no_request_with_it(site):
    """Gateways drain in turns, each time by a reload under load, without one failure."""
    with load(site.port) as heard:
        for draining in (1, 2, 1, 2):
            site.write(draining)
            site.processes[1].send_signal(signal.SIGHUP)
            time.sleep(0.4)
        site.until(lambda: heard.answers > 200, 20)
    assert heard.failures == []


@dataclass
class Heard:
    """What the callers of a load were answered."""

    failures: list[str] = field(default_factory=list)
    answers: int = 0


@contextlib.contextmanager
def load(port: int) -> Iterator[Heard]:
    """Have eight callers ask again and again for as long as the block takes."""
    heard, stopping = Heard(), threading.Event()
    callers = [threading.Thread(target=_call, args=(port, stopping, heard)) for _ in range(8)]
    for caller in callers:
        caller.start()
    try:
        yield heard
    finally:
        stopping.set()
        for caller in callers:
            caller.join()


def _call(port: int, stopping: threading.Event, heard: Heard) -> None:
    """Ask again and again, on kept and on fresh connections, reads and writes, files and API."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    number = 0
    while not stopping.is_set():
        number += 1
        path = "/api/echo" if number % 3 else "/assets/app-1a2b3c.js"
        method = "POST" if number % 3 == 1 else "GET"
        try:
            connection.request(method, path, b"{}" if method == "POST" else None)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                heard.failures.append(f"{method} {path}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            heard.failures.append(f"{method} {path}: {error!r}")
            connection.close()
        if number % 50 == 0:
            connection.close()
        heard.answers += 1
        time.sleep(0.004)


def test_a_slow_caller_is_cut_and_others_do_not_notice(site):
    """Headers that trickle in are cut after their time; a healthy caller sees no error."""
    change(site, "client_header_timeout 10s;", "client_header_timeout 1s;")
    slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(50)]
    for each in slow:
        each.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    end = time.monotonic() + 3
    found = set()
    while time.monotonic() < end:
        found.add(site.ask("/api/echo")[0])
    assert found == {200}
    assert [each for each in slow if not was_cut(each)] == []


def test_no_one_address_may_hold_every_connection(site):
    """Requests under way from one address are bounded, and beyond it the answer is 429."""
    change(site, "limit_conn addresses 512;", "limit_conn addresses 1;")
    with socket.create_connection(("127.0.0.1", site.port)) as held:
        held.sendall(b"POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
        end = time.monotonic() + 5
        while time.monotonic() < end and site.ask("/api/echo")[0] == 200:
            pass
        status, headers, _ = site.ask("/api/echo")
    assert (status, headers["content-type"]) == (429, "application/problem+json")


def change(site, setting: str, to: str) -> None:
    """Change one setting of a running site to a smaller figure, so that a test is short."""
    path = site.folder / "config/frontend-1/nginx.conf"
    text = path.read_text()
    assert setting in text
    path.write_text(text.replace(setting, to))
    site.stop(1)
    site.start(1)


def was_cut(connection: socket.socket) -> bool:
    """Return whether the server ended a connection, by a 408, a close or a reset."""
    with connection:
        connection.settimeout(1)
        try:
            heard = connection.recv(4096)
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False
    return heard == b"" or b" 408 " in heard.split(b"\r\n")[0]
