"""Tells a receiver of alerts until it has heard."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.rules.alerting import FIRING, PENDING, RESOLVED, Alert
from groundplan_telemetry.metrics.rules.notifier import Notifier, Patience
from groundplan_telemetry.settings import Secret

QUICK = Patience(answer=1.0, least=0.02, most=0.1)


class Receiver:
    """Remembers what it was told; fails as often as it shall."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.key = ""
        self.failures = 0
        self.url = ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer calls on a connection."""
        while True:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            except asyncio.IncompleteReadError:
                break
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            body = await reader.readexactly(length)
            self.key = head.split("authorization: ")[1].split("\r\n")[0]
            status = "503 Out" if self.failures > 0 else "202 Accepted"
            self.failures -= 1
            if status[0] == "2":
                self.told.append(msgspec.json.decode(body))
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n".encode())
        writer.close()

    async def until(self, count: int) -> None:
        """Wait until it was told so often."""
        async with asyncio.timeout(5):
            while len(self.told) < count:
                await asyncio.sleep(0.01)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Return a receiver that listens."""
    made = Receiver()
    server = await asyncio.start_server(made, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    made.url = f"http://{host}:{port}/"
    yield made
    server.close()


Make = Callable[..., Notifier]


@pytest.fixture
async def make(receiver: Receiver, tmp_path: Path) -> AsyncIterator[Make]:
    """Return what starts a notifier that remembers in one file."""
    made: list[Notifier] = []

    def started(patience: Patience = QUICK, before: tuple[str, ...] = ()) -> Notifier:
        file, urls = tmp_path / "alerts.json", (*before, receiver.url)
        made.append(Notifier(urls, Secret("s3cret"), "", file, {}, patience))
        made[-1].start()
        return made[-1]

    yield started
    for each in made:
        await each.close()


def _alert(state: str = FIRING, job: str = "a") -> Alert:
    named = labels.of({"alertname": "Down", "service": "api", "job": job})
    resolved = 3000 if state == RESOLVED else 0
    return Alert(named, {}, 1.0, 1000, state=state, fired=2000, resolved=resolved)


async def _settled(notifier: Notifier) -> None:
    """Wait until the receiver knows everything, and the notifier knows that."""
    async with asyncio.timeout(5):
        while notifier.waiting:
            await asyncio.sleep(0.01)


def _statuses(told: dict[str, Any]) -> list[str]:
    return [each["status"] for each in told["alerts"]]


async def test_an_alert_is_told_once_when_it_fires_and_once_when_it_ends(
    make: Make, receiver: Receiver
) -> None:
    """What has not changed is not told again; pending alerts are nobody's business."""
    notifier = make()
    notifier.hear([_alert(PENDING, "b"), _alert()])
    await receiver.until(1)
    notifier.hear([_alert()])
    notifier.hear([_alert(RESOLVED)])
    await receiver.until(2)
    await _settled(notifier)
    assert [["firing"], ["resolved"]] == [_statuses(told) for told in receiver.told]
    assert "bearer s3cret" == receiver.key
    assert (0, 2) == (notifier.waiting, notifier.sent)


async def test_it_is_told_until_it_is_heard(make: Make, receiver: Receiver) -> None:
    """A receiver that fails is told again until it has heard."""
    receiver.failures = 3
    notifier = make()
    notifier.hear([_alert()])
    assert 1 == notifier.waiting
    await _settled(notifier)
    assert (3, 1, 0) == (notifier.failed, notifier.sent, notifier.waiting)


@pytest.fixture
def closed() -> Iterator[str]:
    """Return an address where nobody listens, and nobody else can."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/"


async def test_who_is_away_at_one_address_is_told_at_the_next(
    make: Make, receiver: Receiver, closed: str
) -> None:
    """At once, and from then on there first."""
    notifier = make(before=(closed,))
    notifier.hear([_alert()])
    await _settled(notifier)
    notifier.hear([_alert(RESOLVED)])
    await _settled(notifier)
    assert (0, 2) == (notifier.failed, notifier.sent)
    assert [["firing"], ["resolved"]] == [_statuses(told) for told in receiver.told]


async def test_who_refuses_is_not_asked_at_the_next_address(
    make: Make, receiver: Receiver
) -> None:
    """Behind all of them is the same receiver: each refusal is an error on his side."""
    receiver.failures = 1
    notifier = make(before=(receiver.url,))
    notifier.hear([_alert()])
    await _settled(notifier)
    assert (1, 1) == (notifier.failed, notifier.sent)


async def test_who_is_out_is_not_called_for_every_group(make: Make, receiver: Receiver) -> None:
    """A receiver that does not hear one call gets no other until its time has come."""
    receiver.failures = 2
    other = Alert(labels.of({"alertname": "Up", "service": "api"}), {}, 1.0, 1000, FIRING, 2000)
    notifier = make()
    notifier.hear([_alert(), other])
    await _settled(notifier)
    assert (2, 2) == (notifier.failed, notifier.sent)


async def test_a_full_disk_silences_nothing(
    make: Make, receiver: Receiver, tmp_path: Path
) -> None:
    """Alerts are told also where it cannot be remembered that they were."""
    (tmp_path / "alerts.new").mkdir()
    notifier = make()
    notifier.hear([_alert()])
    notifier.hear([_alert(RESOLVED)])
    await receiver.until(1)
    notifier.hear([_alert(job="b")])
    await receiver.until(2)
    assert 0 == notifier.failed


async def test_alerts_of_a_group_go_together(make: Make, receiver: Receiver) -> None:
    """One call tells of all alerts of a name and service."""
    make().hear([_alert(job="a"), _alert(job="b")])
    await receiver.until(1)
    assert ["firing", "firing"] == _statuses(receiver.told[0])


async def test_what_is_known_is_not_told_after_a_restart(make: Make, receiver: Receiver) -> None:
    """A process that begins anew tells nothing twice, and still tells the end."""
    first = make()
    first.hear([_alert()])
    await _settled(first)
    await first.close()
    second = make()
    second.hear([_alert()])
    second.hear([_alert(RESOLVED)])
    await receiver.until(2)
    assert ["resolved"] == _statuses(receiver.told[1])


async def test_what_nobody_raises_any_more_has_ended(make: Make, receiver: Receiver) -> None:
    """An alert that ended while nobody looked is told as ended, some time after the start."""
    first = make()
    first.hear([_alert()])
    await _settled(first)
    await first.close()
    make(Patience(least=0.02, most=0.1, forgotten=0.1))
    await receiver.until(2)
    assert ["resolved"] == _statuses(receiver.told[1])


async def test_what_still_fires_is_told_again_after_a_while(
    make: Make, receiver: Receiver
) -> None:
    """A receiver that lost its memory hears of it again."""
    make(Patience(least=0.02, most=0.1, repeat=0.5)).hear([_alert()])
    await receiver.until(2)
    assert [["firing"], ["firing"]] == [_statuses(told) for told in receiver.told[:2]]
