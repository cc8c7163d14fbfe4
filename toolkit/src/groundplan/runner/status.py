"""What a run looks like from outside: the object of `status --json`, and what it is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from groundplan.model.placement import Placement
from groundplan.model.service import Kind
from groundplan.runner import secret
from groundplan.runner.journal import last_lines
from groundplan.runner.order import Order
from groundplan.runner.replica import Replica
from groundplan.runner.state import TROUBLED, State

SHOWN = 10
"""Lines of a failed replica's log that go with its status."""


def whole(
    order: Order, placement: Placement, state: str, replicas: Sequence[Replica]
) -> dict[str, Any]:
    """Return the object of `status --json`."""
    gateway = next((name for name, _ in order.platform.of_kind(Kind.GATEWAY)), None)
    first = placement.replica(gateway, 1).address if gateway else None
    scheme = placement.public_url.partition(":")[0]
    return {
        "platform": order.platform.name,
        "environment": order.environment,
        "state": state,
        "url": placement.public_url,
        "gateway_url": f"{scheme}://{first}" if first else None,
        "data": order.folders.data,
        "credentials_file": str(secret.credentials_file(order.folders)),
        "components": [component(each) for each in replicas],
    }


def component(replica: Replica) -> dict[str, Any]:
    """Return one replica's line of the status."""
    return {
        "name": replica.spec.component,
        "replica": replica.spec.replica,
        "kind": str(replica.spec.kind),
        "state": str(state_of(replica)),
        "pid": replica.running.pid if replica.running else None,
        "port": replica.spec.port,
        "restarts": replica.restarts,
        "started_at": replica.started_at,
        "detail": detail(replica),
    }


def state_of(replica: Replica) -> State:
    """Return the state that people see: a replica behind a failed gate has failed with it."""
    if replica.state is not State.PENDING:
        return replica.state
    if any(gate.is_hopeless for gate in replica.gates):
        return State.FAILED
    return State.BACKOFF if any(gate.failed for gate in replica.gates) else State.PENDING


def detail(replica: Replica) -> str:
    """Return what is worth knowing of a replica now: the gate it waits for, or what it is."""
    if replica.detail:
        return replica.detail
    if replica.state is State.PENDING:
        failed = (gate.detail for gate in replica.gates if gate.failed)
        return next(failed, next((gate.detail for gate in replica.gates if gate.detail), ""))
    return replica.about


def overall(replicas: Sequence[Replica], *, was_ready: bool) -> str:
    """Return the state of the whole."""
    states = {state_of(replica) for replica in replicas if replica.spec.is_needed}
    if states == {State.READY}:
        return "ready"
    if states <= {State.STOPPED, State.STOPPING}:
        return "stopping" if State.STOPPING in states else "stopped"
    if State.FAILED in states:
        return "failed"
    return "degraded" if was_ready else "starting"


def with_logs(status: dict[str, Any], replicas: Iterable[Replica]) -> dict[str, Any]:
    """Return the status with the last log lines of the replicas that are in trouble."""
    lines = [
        {**component(each), "log": log_of(each)} if state_of(each) in TROUBLED else component(each)
        for each in replicas
    ]
    return {**status, "components": lines}


def log_of(replica: Replica) -> list[str]:
    """Return the last lines of what a replica, or the gate before it, said."""
    failed = next((gate for gate in replica.gates if gate.failed), None)
    return failed.log[-SHOWN:] if failed else last_lines(replica.log, SHOWN)


def public(status: dict[str, Any], at: str) -> dict[str, Any]:
    """Return the part of a status that anybody may see."""
    shown = ("name", "replica", "kind", "state")
    return {
        "platform": status["platform"],
        "environment": status["environment"],
        "state": status["state"],
        "updated_at": at,
        "components": [{key: each[key] for key in shown} for each in status["components"]],
    }
