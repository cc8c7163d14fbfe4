"""The load goes on while a part goes, is away and comes back."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest

from bench.outage import measure
from bench.outage.measure import Place, Plan, Scene, control
from bench.outage.witness import Senders, Shown
from bench.stack import BenchError

PLAN = Plan(rounds=2, seconds=0.2, per_minute=6000)
STATUSES = {b"POST": b"201 Created"}


@dataclass
class Platform:
    """Answers everything well while it may, else with 500."""

    url: str = ""
    is_well: bool = True
    calls: list[str] = field(default_factory=list)

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the caller goes."""
        while head := await reader.readline():
            rest = (await reader.readuntil(b"\r\n\r\n")).lower()
            _, _, length = rest.partition(b"content-length:")
            await reader.readexactly(int(length.split(b"\r\n", 1)[0] or 0))
            status = STATUSES.get(head.split(b" ")[0], b"200 OK") if self.is_well else b"500 No"
            writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """A platform, until the test has ended."""
    monkeypatch.setattr(measure, "LEAD", 0.1)
    monkeypatch.setattr(measure, "_CHUNK", 0.1)
    made, loop = Platform(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(made.speak, "127.0.0.1", 0))
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield made
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    server.close()
    loop.close()


def place(platform: Platform, *scenes: Scene) -> Place:
    """Return where the scenes are played."""
    return Place("here", platform.url, scenes, Senders([], []), lambda *_: Shown(0, []))


def noting(platform: Platform, name: str) -> Scene:
    """Return a scene that notes what happens."""
    return Scene(
        name,
        lambda: platform.calls.append(f"take {name}"),
        lambda: platform.calls.append(f"mend {name}"),
    )


def test_every_outage_stands_between_two_turns_of_health(platform: Platform) -> None:
    """And the second round goes back the way of the first."""
    scenes = (control(), noting(platform, "killed"))
    turns = measure.measure(place(platform, *scenes), "token", PLAN, lambda _: None)
    names = [each.scene.partition(":")[0] for each in turns]
    assert ["", "control", "", "killed", "", "killed", "", "control", ""] == names
    assert ["take killed", "mend killed"] * 2 == platform.calls
    assert [0] * 9 == [len(each.errors) for each in turns]


def test_turns_count_their_own_requests_and_tell_all_that_were_sent(platform: Platform) -> None:
    """Latencies are those of the state; requests while a part comes and goes are sent too."""
    turns = measure.measure(place(platform, control()), "token", PLAN, lambda _: None)
    assert [20, 20] == [each.requests for each in turns[:2]]
    assert turns[1].sent > turns[1].requests
    assert [None, Shown(0, [])] == [each.shown for each in turns[:2]]


def test_a_request_that_fails_while_a_part_goes_is_an_error(platform: Platform) -> None:
    """Positive control: a platform that fails with its telemetry is seen."""

    def take() -> None:
        platform.is_well = False

    def mend() -> None:
        platform.is_well = True

    scene = Scene("fragile", take, mend)
    turns = measure.measure(place(platform, scene), "token", PLAN, lambda _: None)
    assert [0, True] == [len(turns[0].errors), len(turns[1].errors) > 10]
    assert "answered 500" in turns[1].errors[0]


def test_what_was_taken_is_given_back_after_an_error(platform: Platform) -> None:
    """Else nothing could be stopped in the end."""

    def take() -> None:
        raise BenchError("it cannot be taken")

    scene = Scene("stuck", take, lambda: platform.calls.append("mend"))
    with pytest.raises(BenchError, match="it cannot be taken"):
        measure.measure(place(platform, scene), "token", PLAN, lambda _: None)
    assert ["mend"] == platform.calls
