"""Deployments are carried out, taken back when they are not well, gone on with after a kill."""

from pathlib import Path
from typing import Any

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner.delivery import agent, credential
from groundplan.runner.delivery.agent import Agent
from groundplan.runner.delivery.rollout import Fleet
from groundplan.runner.delivery.versions import Version, Versions
from groundplan.runner.folders import locate, make
from groundplan.runner.order import Order
from groundplan.runner.state import State

OLD = Version("sha256:" + "a" * 64, "1.0")
NEW = Version("sha256:" + "b" * 64, "2.0")
DEPLOYMENT = {
    "id": "d",
    "state": "applying",
    "reason": "",
    "releases": [
        {"service": "backend", "release": {"digest": NEW.digest, "version": NEW.name}},
    ],
}
STEP = "POST /delivery/deployments/d/transitions"


class FakeRollout:
    """Does as it is told and notes what it did."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.wrong = ""
        """Which step fails."""

    def is_at(self, service: str, version: Version | None) -> bool:
        """Say whether nothing went forward."""
        return not any(step.startswith("forward") for step in self.done)

    def _step(self, name: str) -> None:
        self.done.append(name)
        if name.partition(" ")[0] == self.wrong:
            raise NotReadyError(f"{name} failed")

    async def prepare(self, service: str, version: Version) -> None:
        """Note it."""
        self._step("prepare")

    async def forward(self, service: str, version: Version, tell: Any) -> None:
        """Note it."""
        self._step(f"forward {service}")

    async def back(self, service: str, version: Version | None, tell: Any) -> None:
        """Note it."""
        self._step(f"back {version.name if version else '-'}")

    async def verify(self, services: list[str]) -> None:
        """Note it."""
        self._step("verify")


@pytest.fixture
def versions(reference: Any, tmp_path: Path) -> Versions:
    """Return versions of which the old one is live; their code stands there."""
    found = locate(tmp_path / "data", tmp_path)
    make(found)
    known = Versions(reference, found)
    for version in (OLD, NEW):
        known.folder("backend", version).mkdir(parents=True)
    known.settle("backend", OLD)
    return known


@pytest.fixture
def rollout() -> FakeRollout:
    """Return what pretends to roll."""
    return FakeRollout()


@pytest.fixture
def made(
    reference: Any, tmp_path: Path, versions: Versions, rollout: Any, groundplan: Any
) -> Agent:
    """Return an agent with a token, at a Groundplan that has one deployment for it."""
    folders = locate(tmp_path / "data", tmp_path)
    credential.file(folders).write_text("secret")
    order = Order(reference, {"local": reference}, "local", folders, 9000)
    unused: Any = None
    fleet = Fleet([], versions, unused, unused, unused, unused, tmp_path / "site")
    found = Agent(order, fleet)
    found._rollout = rollout
    groundplan.answers = {
        "POST /delivery/work": {"work": {"deployment": DEPLOYMENT, "lease": "l"}},
        STEP: {},
    }
    return found


def _steps(groundplan: Any) -> list[tuple[str, str]]:
    return [(body["to"], body["reason"]) for asked, body in groundplan.asked if asked == STEP]


async def test_a_deployment_goes_live(
    made: Agent, groundplan: Any, rollout: FakeRollout, versions: Versions
) -> None:
    """It is verified, reported live, and is what runs from now on."""
    await made._next(groundplan.url)
    assert ["prepare", "forward backend", "verify"] == rollout.done
    assert [("verifying", ""), ("live", "")] == _steps(groundplan)
    assert (NEW, {}) == (versions.live("backend"), versions.work)


@pytest.mark.parametrize("wrong", ["forward", "verify"])
async def test_what_is_not_well_goes_back(
    made: Agent, groundplan: Any, rollout: FakeRollout, versions: Versions, wrong: str
) -> None:
    """What was live before is live again, and the reason is reported."""
    rollout.wrong = wrong
    await made._next(groundplan.url)
    assert "back 1.0" == rollout.done[-1]
    last = _steps(groundplan)[-1]
    assert ("rolled_back", True) == (last[0], last[1].startswith(wrong))
    assert OLD == versions.live("backend")


async def test_what_cannot_begin_has_failed(
    made: Agent, groundplan: Any, rollout: FakeRollout
) -> None:
    """Nothing was changed, so nothing goes back."""
    rollout.wrong = "prepare"
    await made._next(groundplan.url)
    assert ["prepare"] == rollout.done
    assert [("failed", "prepare failed")] == _steps(groundplan)


async def test_a_return_that_fails_is_told(
    made: Agent, groundplan: Any, rollout: FakeRollout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state is failed, and both reasons stand there."""

    def step(name: str) -> None:
        rollout.done.append(name)
        if name != "prepare":
            raise NotReadyError(f"{name} failed")

    monkeypatch.setattr(rollout, "_step", step)
    await made._next(groundplan.url)
    said = "forward backend failed; and going back failed: back 1.0 failed"
    assert [("failed", said)] == _steps(groundplan)


async def test_infrastructure_is_none_of_one_machine(made: Agent, groundplan: Any) -> None:
    """It fails with the reason at once, so that nobody waits for it."""
    empty = {**DEPLOYMENT, "releases": []}
    groundplan.answers["POST /delivery/work"] = {"work": {"deployment": empty, "lease": "l"}}
    await made._next(groundplan.url)
    assert ["failed"] == [state for state, _ in _steps(groundplan)]


async def test_the_next_supervisor_goes_on(
    made: Agent, groundplan: Any, versions: Versions, rollout: FakeRollout
) -> None:
    """The lease of the one before is used, and so is what was live before it began."""
    before = {"backend": {"digest": OLD.digest, "name": OLD.name}}
    versions.work = {"deployment": "d", "lease": "kept", "before": before}
    groundplan.answers["PUT /delivery/deployments/d/lease"] = {}
    groundplan.answers["GET /delivery/deployments/d"] = {**DEPLOYMENT, "state": "verifying"}
    rollout.wrong = "verify"
    await made._next(groundplan.url)
    assert "POST /delivery/work" not in dict(groundplan.asked)
    assert {"kept"} == {body["lease"] for asked, body in groundplan.asked if asked == STEP}
    assert "back 1.0" == rollout.done[-1]


async def test_a_lease_that_has_gone_is_forgotten(
    made: Agent, groundplan: Any, versions: Versions
) -> None:
    """The agent asks for other work."""
    versions.work = {"deployment": "e", "lease": "kept", "before": {}}
    lost = (409, {"code": "lease_lost", "detail": "not yours"})
    groundplan.answers["PUT /delivery/deployments/e/lease"] = lost
    await made._next(groundplan.url)
    assert "live" == _steps(groundplan)[-1][0]


async def test_a_refused_token_is_made_anew(
    made: Agent, groundplan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was revoked is thrown away, and the backend's code is asked for another."""
    asked = {"code": "unauthenticated", "detail": "no"}
    groundplan.answers["POST /delivery/work"] = [(401, asked), {"work": None}]

    async def another(folders: Any, backend: Any) -> str:
        return "other"

    monkeypatch.setattr(credential, "make", another)
    monkeypatch.setattr(Agent, "_backend_process", lambda _: None)
    with pytest.raises(agent.GroundplanError):
        await made._next(groundplan.url)
    await made._next(groundplan.url)
    assert "Bearer other" == groundplan.headers[-1]["authorization"]


def test_work_is_asked_for_once_requests_reach_the_backend(made: Agent, make_replica: Any) -> None:
    """A service that is ill does not keep away the version that heals it."""
    kinds = ("static", "gateway", "authorization", "backend", "service")
    replicas = [make_replica(component=kind, kind=kind) for kind in kinds]
    made._fleet.replicas.extend(replicas)  # type: ignore[attr-defined]
    for replica in replicas[:3]:
        replica.state = State.READY
    assert not made._stands()
    replicas[3].state = State.READY
    assert made._stands()
