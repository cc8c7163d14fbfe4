"""The stream of events, as followers of several replicas see it."""

import contextlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

PATH = "/api/v1/delivery/events"


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Yield what `data` says of every frame, checked against its `id`."""
    number = ""
    for line in lines:
        if line.startswith("id: "):
            number = line[4:]
        elif line.startswith("data: "):
            event: dict[str, Any] = json.loads(line[6:])
            assert str(event["id"]) == number
            yield event


def _last(desk: Any) -> int:
    """Return the number of an event that was just made."""
    made = desk.deployment("dev")["id"]
    return int(desk.get("vic", f"/deployments/{made}/events")["items"][0]["id"])


def test_events_come_as_they_happen(desk: Any, follow: Any) -> None:
    """A follower without a number begins with what happens next; ids have no gaps."""
    with follow("vic") as answer:
        assert "text/event-stream" == answer.headers["content-type"]
        lines = answer.iter_lines()
        assert "retry: 2000" == next(lines)
        made = desk.deployment("dev")["id"]
        events = _events(lines)
        found = [next(events), next(events)]
    assert ["release.created", "deployment.created"] == [one["type"] for one in found]
    assert (made, "planned") == (found[1]["deployment"], found[1]["state"])
    assert 1 == found[1]["id"] - found[0]["id"]


def test_a_follower_goes_on_after_what_it_has(desk: Any, follow: Any) -> None:
    """`after` and `Last-Event-ID` both name the last event that is known; the header wins."""
    last = _last(desk)
    following = _last(desk)
    for query, headers in (
        (f"after={last}", {}),
        ("after=0", {"last_event_id": str(last)}),
    ):
        with follow("vic", query, **headers) as answer:
            events = _events(answer.iter_lines())
            numbers = [next(events)["id"] for _ in range(following - last)]
        assert list(range(last + 1, following + 1)) == numbers


def test_a_follower_chooses(desk: Any, follow: Any, environment: str) -> None:
    """Only events of the environment, service and deployment that were asked for come."""
    last = _last(desk)
    wanted = desk.deployment(environment)["id"]
    desk.deployment("dev", "frontend")
    desk.carry_out(wanted)
    for query in (f"deployment={wanted}", f"environment={environment}&service=backend"):
        with follow("vic", f"after={last}&{query}") as answer:
            events = _events(answer.iter_lines())
            found = [next(events) for _ in range(4)]
        assert {wanted} == {one["deployment"] for one in found}
        assert "live" == found[-1]["state"]


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "9" * 40])
def test_a_number_that_is_none_is_refused(desk: Any, value: str) -> None:
    """Headers are checked like all else."""
    with desk.as_("vic") as client:
        answer = client.get("/events", headers={"last-event-id": value})
    assert (400, "invalid_request") == (answer.status_code, answer.json()["code"])


def test_other_replicas_tell_at_once(desk: Any, delivery_stack: Any) -> None:
    """What one replica commits, a follower of another sees before that one would ask."""
    other = delivery_stack.replica()
    with (
        other.client(desk.headers["vic"]) as client,
        client.stream("GET", PATH) as answer,
    ):
        lines = answer.iter_lines()
        next(lines)
        waited = []
        for _ in range(3):
            number = desk.release()
            committed = time.monotonic()
            assert number == next(_events(lines))["release"]
            waited.append(time.monotonic() - committed)
    assert min(waited) < 0.5, waited


def test_nothing_is_lost_without_redis(desk: Any, delivery_stack: Any, follow: Any) -> None:
    """While Redis is away followers see every event once, a little later."""
    last = _last(desk)
    with follow("vic", f"after={last}") as answer:
        events = _events(answer.iter_lines())
        delivery_stack.redis.pause()
        try:
            made = [desk.release() for _ in range(3)]
            assert made == [next(events)["release"] for _ in made]
        finally:
            delivery_stack.redis.resume()


def test_nothing_is_lost_when_postgresql_restarts(
    desk: Any, delivery_stack: Any, follow: Any, until: Any
) -> None:
    """The stream stays open meanwhile, and goes on with what happens afterwards."""
    last = _last(desk)
    with follow("vic", f"after={last}") as answer:
        events = _events(answer.iter_lines())
        first = desk.release()
        assert first == next(events)["release"]
        delivery_stack.postgres.stop()
        delivery_stack.postgres.start()
        with desk.as_("vic") as client:
            until(lambda: client.get("/releases?limit=1").status_code == 200)
        second = desk.release()
        event = next(events)
    assert (second, last + 2) == (event["release"], event["id"])


def test_followers_of_a_killed_replica_miss_nothing(desk: Any, delivery_stack: Any) -> None:
    """`kill -9` in the middle of 40 events: going on elsewhere gives each of them once."""
    doomed = delivery_stack.replica()
    last = _last(desk)
    killed = threading.Event()

    def write() -> None:
        for number in range(40):
            if number == 20:
                killed.wait()
            desk.release()

    writer = threading.Thread(target=write)
    found: list[int] = []
    try:
        with (
            doomed.client(desk.headers["vic"]) as client,
            client.stream("GET", f"{PATH}?after={last}") as answer,
            contextlib.suppress(httpx.HTTPError),
        ):
            writer.start()
            for event in _events(answer.iter_lines()):
                found.append(event["id"])
                if len(found) == 10:
                    doomed.process.kill()
                    killed.set()
    finally:
        killed.set()
    assert 10 <= len(found) < 40
    with desk.as_("vic") as client:
        told = {"last-event-id": str(found[-1])}
        with client.stream("GET", "/events", headers=told) as answer:
            for event in _events(answer.iter_lines()):
                found.append(event["id"])
                if len(found) == 40:
                    break
    writer.join()
    assert list(range(last + 1, last + 41)) == found


def test_a_stream_ends_with_its_session(desk: Any, delivery_stack: Any, follow: Any) -> None:
    """Within five seconds after a session is revoked, its followers are sent away."""
    headers = desk.replica.signed_in("vic@groundplan.example")
    with desk.replica.client(headers) as client, client.stream("GET", PATH) as answer:
        lines = answer.iter_lines()
        next(lines)
        session = headers["x-groundplan-session"]
        with desk.replica.client(headers) as other:
            assert 204 == other.delete(f"/api/v1/identity/sessions/{session}").status_code
        began = time.monotonic()
        assert not [line for line in lines if line.startswith("data")]
        assert time.monotonic() - began < 5


def test_a_replica_that_is_told_to_stop_lets_followers_go(desk: Any, delivery_stack: Any) -> None:
    """SIGTERM ends streams in order, and the process with them."""
    leaving = delivery_stack.replica()
    with leaving.client(desk.headers["vic"]) as client, client.stream("GET", PATH) as answer:
        lines = answer.iter_lines()
        next(lines)
        leaving.process.send_signal(signal.SIGTERM)
        assert not [line for line in lines if line.startswith("data")]
    assert 0 == leaving.process.wait(10)
