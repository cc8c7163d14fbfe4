"""States are reported until they are heard; progress is said once; a lost lease is accepted."""

import asyncio
from typing import Any

import pytest

from groundplan.runner.delivery import work
from groundplan.runner.delivery.versions import Version
from groundplan.runner.delivery.work import Work
from groundplan.tools.backend import BackendError

RELEASE = {"digest": "sha256:" + "0" * 64, "version": "1.0"}
DEPLOYMENT = {
    "id": "d",
    "state": "applying",
    "releases": [{"service": "shop", "release": RELEASE}],
}


class FakeDesk:
    """Fails as often as it is told, then hears."""

    def __init__(self, *failures: BackendError) -> None:
        self.failures = list(failures)
        self.heard: list[tuple[Any, ...]] = []

    def _hear(self, *said: Any) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.heard.append(said)

    move = progress = renew = _hear


async def _none() -> Any:
    raise AssertionError("the token was not refused")


AWAY, LOST = BackendError("away", "unreachable"), BackendError("lost", "lease_lost", 409)


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AGAIN", 0.001)
    monkeypatch.setattr(work, "RENEW", 0.001)


def test_what_is_asked_for_is_read() -> None:
    """Each service with the version that it is to run."""
    expected = {"shop": Version(RELEASE["digest"], "1.0")}
    assert expected == Work(FakeDesk(), DEPLOYMENT, "l", _none).targets()


async def test_a_state_is_said_until_it_is_heard() -> None:
    """A backend that is away hears it later, and each step starts from the last."""
    desk = FakeDesk(AWAY, AWAY)
    made = Work(desk, DEPLOYMENT, "l", _none)
    assert await made.enter("verifying")
    assert await made.enter("verifying")
    assert await made.enter("live")
    steps = [("d", "applying", "verifying", "", "l"), ("d", "verifying", "live", "", "l")]
    assert steps == desk.heard


async def test_a_step_that_is_refused_is_told() -> None:
    """Whoever holds the lease now decides."""
    made = Work(FakeDesk(LOST), DEPLOYMENT, "l", _none)
    assert not await made.enter("verifying")
    assert "applying" == made.state


async def test_nothing_waits_for_progress() -> None:
    """What is not heard is not said again."""
    desk = FakeDesk(AWAY)
    made = Work(desk, DEPLOYMENT, "l", _none)
    await made.tell("one", 1, 2)
    await made.tell("two", 2, 2)
    assert [("d", "two", 2, 2, "l")] == desk.heard


async def test_the_lease_is_kept_until_it_is_lost() -> None:
    """An outage is borne; a refusal ends the renewals."""
    desk = FakeDesk(AWAY)
    keeping = asyncio.create_task(Work(desk, DEPLOYMENT, "l", _none).keep())
    while not desk.heard:
        await asyncio.sleep(0.001)
    desk.failures.append(LOST)
    await asyncio.wait_for(keeping, 5)


async def test_a_refused_token_is_replaced() -> None:
    """The step is said again with another."""
    other = FakeDesk()

    async def another() -> Any:
        return other

    refused = BackendError("no", "unauthenticated", 401)
    assert await Work(FakeDesk(refused), DEPLOYMENT, "l", another).enter("verifying")
    assert 1 == len(other.heard)
