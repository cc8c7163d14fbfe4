"""Requests are kept away from a replica until every gateway agrees."""

import pytest

from groundplan.model.folders import Folders
from groundplan.runner import gateway_admin, traffic
from groundplan.runner.gateway_admin import Upstream
from groundplan.runner.state import State


@pytest.fixture
def rotation(reference, make_replica):
    """Return the rotation of a backend replica behind two running gateways."""
    gateways = [make_replica(component="gateway", replica=number) for number in (1, 2)]
    for gateway in gateways:
        gateway.state = State.READY
    backend = make_replica(component="backend", port=9001)
    backend.draining = True
    made = traffic.Rotation(reference, Folders("/d", "/r", "/s"), [*gateways, backend])
    return made, gateways, backend


@pytest.fixture
def told(monkeypatch):
    """Answer questions to gateways from lists by socket, and note who is asked."""
    answers: dict[str, list[Upstream | None]] = {}
    asked: list[str] = []

    async def upstream(admin: str, address: str) -> Upstream | None:
        asked.append(f"{admin} {address}")
        return answers[admin].pop(0)

    monkeypatch.setattr(gateway_admin, "upstream", upstream)
    monkeypatch.setattr(traffic, "POLL", 0.001)
    return answers, asked


ONE, TWO = "/r/gateway-1.admin.sock", "/r/gateway-2.admin.sock"


async def test_a_replica_has_left_when_no_gateway_has_a_request_to_it(rotation, told):
    """Both gateways must have seen it go, and requests under way are awaited."""
    answers, asked = told
    answers[ONE] = [Upstream(True, 1), Upstream(False, 1), Upstream(False, 0)]
    answers[TWO] = [None]
    await rotation[0].leave(rotation[2])
    assert [f"{ONE} 127.0.0.1:9001"] * 3 + [f"{TWO} 127.0.0.1:9001"] == asked


async def test_a_replica_is_back_when_every_gateway_offers_it(rotation, told):
    """Being known is not enough: health checks must have passed."""
    answers, asked = told
    answers[ONE] = [None, Upstream(False, 0), Upstream(True, 0)]
    answers[TWO] = [Upstream(True, 0)]
    await rotation[0].enter(rotation[2])
    assert 4 == len(asked)


async def test_the_last_replica_is_not_waited_for(rotation, told):
    """One that does not drain, because there is no other, is not kept from restarting."""
    rotation[2].draining = False
    await rotation[0].leave(rotation[2])
    assert [] == told[1]


async def test_patience_has_an_end(rotation, told, monkeypatch):
    """A gateway that never takes notice does not stop a restart."""
    monkeypatch.setattr(traffic, "SEEN_WITHIN", 0.05)
    answers, _ = told
    answers[ONE] = [None] * 10_000
    await rotation[0].enter(rotation[2])


async def test_a_gateway_drains_itself(rotation, monkeypatch):
    """A gateway is asked over its own socket, for no longer than its drain time."""
    drained: list[tuple[str, float]] = []

    async def drain(admin: str, grace: float) -> None:
        drained.append((admin, grace))

    monkeypatch.setattr(gateway_admin, "drain", drain)
    await rotation[0].leave(rotation[1][0])
    assert [(ONE, 10.0)] == drained


async def test_a_gateway_is_back_when_nobody_leaves_it_out_any_more(rotation, monkeypatch):
    """Workers of the frontend that were told to leave it out are awaited, new ones are not."""
    made, (gateway, _), _ = rotation
    gateway.draining = True
    workers = [{11, 12}, {11, 12, 13}, {12, 13}, {13}]

    async def drained(admin: str, most: float) -> None:
        return

    monkeypatch.setattr(gateway_admin, "drain", drained)
    monkeypatch.setattr(traffic.Rotation, "_workers", lambda _: workers.pop(0))
    monkeypatch.setattr(traffic, "POLL", 0.001)
    await made.leave(gateway)
    await made.enter(gateway)
    assert [] == workers


async def test_what_all_gateways_count_is_added_up(rotation, told):
    """One that knows nothing of a replica has sent it nothing."""
    answers, _ = told
    answers[ONE], answers[TWO] = [Upstream(True, 0, 10, 2)], [None]
    assert (10, 2) == await rotation[0].counted(rotation[2])


async def test_who_is_called_by_no_gateway_is_not_counted(rotation, told):
    """A gateway itself has no counters at a gateway."""
    assert (0, 0) == await rotation[0].counted(rotation[1][0])
