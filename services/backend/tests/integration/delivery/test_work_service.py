"""Agents take deployments under leases, and report."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def _post(desk: Any, deployment: str, what: str, body: Any) -> Any:
    return desk.post("ada", f"/deployments/{deployment}/{what}", body)


def test_an_agent_takes_the_oldest_and_reports_to_its_end(desk: Any, environment: str) -> None:
    """It is applying once taken; with the lease it is led to live."""
    first, second = desk.deployment(environment), desk.deployment(environment, "frontend")
    work = desk.take(environment)
    deployment, lease = work["deployment"], work["lease"]
    assert (first["id"], "applying", "agent-1") == (
        deployment["id"],
        deployment["state"],
        deployment["agent"],
    )
    assert second["id"] == desk.take(environment, "agent-2")["deployment"]["id"]
    assert 200 == desk.step(first["id"], "applying", "verifying", lease=lease).status_code
    live = desk.step(first["id"], "verifying", "live", lease=lease)
    again = desk.step(first["id"], "verifying", "live", lease=lease)
    assert live.json() == again.json()


def test_two_agents_never_have_one_deployment(desk: Any, environment: str) -> None:
    """Eight agents that ask at once for three deployments get three, each its own."""
    wanted = {desk.deployment(environment, f"service-{number}")["id"] for number in range(3)}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: desk.take(environment, f"agent-{number}"), range(8)))
    taken = [work["deployment"]["id"] for work in found if work]
    assert (3, wanted) == (len(taken), set(taken))


def test_one_deployment_of_a_service_at_a_time(desk: Any, environment: str) -> None:
    """While one is under way the next is neither taken nor begun by hand."""
    first, second = desk.deployment(environment), desk.deployment(environment)
    assert first["id"] == desk.take(environment)["deployment"]["id"]
    assert desk.take(environment) is None
    refused = desk.step(second["id"], "planned", "applying")
    assert (409, "conflict") == (refused.status_code, refused.json()["code"])
    elsewhere = desk.deployment("local")
    assert 200 == desk.step(elsewhere["id"], "planned", "applying").status_code


def test_an_agent_asks_for_its_services_only(desk: Any, environment: str) -> None:
    """What changes another service is not for it."""
    desk.deployment(environment, "frontend")
    assert desk.take(environment, services=["backend"]) is None
    assert desk.take(environment, services=["backend", "frontend"]) is not None


def test_who_holds_no_lease_reports_nothing(desk: Any, environment: str) -> None:
    """Reports without the lease, or with another, are refused while it lasts."""
    made = desk.deployment(environment)["id"]
    lease = desk.take(environment)["lease"]
    for other in ({}, {"lease": str(uuid.uuid4())}):
        for answer in (
            desk.step(made, "applying", "verifying", **other),
            _post(desk, made, "progress", {"message": "half", **other}),
        ):
            assert (409, "lease_lost") == (answer.status_code, answer.json()["code"])
    told = _post(
        desk, made, "progress", {"message": "1 of 2", "done": 1, "total": 2} | {"lease": lease}
    )
    assert 204 == told.status_code


async def test_a_dead_agents_work_goes_on(
    desk: Any, environment: str, delivery_stack: Any
) -> None:
    """After the lease another agent gets the deployment in its state; the dead one is refused."""
    made = desk.deployment(environment)["id"]
    dead = desk.take(environment, "dead")["lease"]
    assert 200 == desk.step(made, "applying", "verifying", lease=dead).status_code
    assert desk.take(environment, "heir") is None
    await delivery_stack.fetch(
        "UPDATE deployment SET leased_until = now() - interval '1 second' WHERE id = $1",
        uuid.UUID(made),
    )
    work = desk.take(environment, "heir")
    assert (made, "verifying", "heir") == tuple(
        work["deployment"][name] for name in ("id", "state", "agent")
    )
    for answer in (
        desk.step(made, "verifying", "live", lease=dead),
        desk.replica.client(desk.headers["ada"]).put(
            f"/api/v1/delivery/deployments/{made}/lease", json={"lease": dead}
        ),
    ):
        assert (409, "lease_lost") == (answer.status_code, answer.json()["code"])
    renewed = desk.replica.client(desk.headers["ada"]).put(
        f"/api/v1/delivery/deployments/{made}/lease", json={"lease": work["lease"], "seconds": 60}
    )
    assert renewed.json()["leased_until"] > work["leased_until"]
    assert 200 == desk.step(made, "verifying", "live", lease=work["lease"]).status_code


def test_steps_that_do_not_exist_are_refused(desk: Any, environment: str) -> None:
    """From every state only its own steps lead on, and only from the one that is expected."""
    made = desk.deployment(environment)["id"]
    for expected, to in (("planned", "live"), ("applying", "verifying"), ("planned", "planned")):
        answer = desk.step(made, expected, to)
        assert (409, "illegal_transition") == (answer.status_code, answer.json()["code"])
    assert 200 == desk.step(made, "planned", "failed", reason="not wanted").status_code
    assert 409 == desk.step(made, "planned", "applying").status_code


def test_parallel_reports_of_one_step_count_once(desk: Any, environment: str) -> None:
    """Of eight that begin a deployment at once, one does."""
    made = desk.deployment(environment)["id"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.step(made, "planned", "applying"), range(8)))
    assert [200] + [409] * 7 == sorted(answer.status_code for answer in answers)


def test_a_failed_deployment_frees_its_service(desk: Any, environment: str) -> None:
    """The next may begin, and what was live before is live still."""
    first = desk.deployment(environment)["id"]
    desk.carry_out(first)
    bad = desk.deployment(environment)["id"]
    desk.step(bad, "planned", "applying")
    assert 200 == desk.step(bad, "applying", "failed", reason="probes").status_code
    shown = desk.get("vic", f"/deployments/{bad}")
    assert ("failed", True, None) == (shown["state"], shown["can_roll_back"], shown["agent"])
    assert not desk.get("vic", f"/deployments/{first}")["superseded"]
    assert 200 == desk.step(bad, "failed", "rolled_back", reason="by itself").status_code
    after = desk.deployment(environment)["id"]
    desk.carry_out(after)


def test_steps_of_deployments_are_counted(desk: Any, environment: str) -> None:
    """Each state that an agent enters counts once, also when it is reported twice."""
    made = desk.deployment(environment)
    lease = desk.take(environment)["lease"]
    for _ in range(2):
        desk.step(made["id"], "applying", "verifying", lease=lease)
    with desk.replica.client() as client:
        lines = client.get("/metrics").text.splitlines()
    found = [line for line in lines if f'deployments_total{{environment="{environment}"' in line]
    assert sorted(
        f'deployments_total{{environment="{environment}",state="{state}"}} 1.0'
        for state in ("applying", "verifying")
    ) == sorted(found)
