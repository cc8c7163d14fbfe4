"""The status tells people and programs what each replica is doing."""

import pytest

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.runner import status
from groundplan.runner.gate import Gate
from groundplan.runner.order import Order
from groundplan.runner.state import State
from groundplan.targets import local


async def _fails(_):
    raise ToolError("no Node.js here")


def test_a_component_has_the_promised_members(make_replica):
    """Each line has exactly the members that others rely on."""
    line = status.component(make_replica())
    assert {
        "name": "web",
        "replica": 1,
        "kind": "service",
        "state": "pending",
        "pid": None,
        "port": 1,
        "restarts": 0,
        "started_at": None,
        "detail": "",
    } == line


async def test_a_replica_behind_a_failed_gate_has_failed(make_replica):
    """What keeps a replica from starting is its own state and detail."""
    gate = Gate("site", "building", _fails, insists=False)
    replica = make_replica()
    replica.gates = (gate,)
    await gate._run()
    line = status.component(replica)
    assert ("failed", "no Node.js here") == (line["state"], line["detail"])


def test_the_whole_is_ready_when_all_are(make_replica):
    """One that is not ready makes the whole something else."""
    one, two = make_replica(replica=1), make_replica(replica=2)
    one.state = two.state = State.READY
    assert "ready" == status.overall([one, two], was_ready=False)
    two.state = State.UNREADY
    assert "starting" == status.overall([one, two], was_ready=False)
    assert "degraded" == status.overall([one, two], was_ready=True)
    two.state = State.FAILED
    assert "failed" == status.overall([one, two], was_ready=True)


def test_a_run_is_up_without_what_it_does_not_need(make_replica):
    """What nobody depends on may fail; its own line says so, and the whole stays as it is."""
    needed, other = make_replica(replica=1), make_replica(replica=2, is_needed=False)
    needed.state, other.state = State.READY, State.FAILED
    assert "ready" == status.overall([needed, other], was_ready=False)
    assert "failed" == status.component(other)["state"]


def test_trouble_comes_with_its_last_words(make_replica):
    """A replica in trouble brings the end of its log, others bring nothing."""
    well, ill = make_replica(replica=1), make_replica(replica=2)
    well.state, ill.state = State.READY, State.BACKOFF
    ill.log.write_text("starting\nno such table\n")
    lines = status.with_logs({}, [well, ill])["components"]
    assert "log" not in lines[0]
    assert ["starting", "no such table"] == lines[1]["log"]


def test_the_public_part_names_no_process(make_replica):
    """Anybody may see names and states, but no process, port or path."""
    whole = {"platform": "p", "environment": "local", "state": "ready", "data": "/data"}
    whole["components"] = [status.component(make_replica())]
    shown = status.public(whole, "now")
    assert {"platform", "environment", "state", "updated_at", "components"} == set(shown)
    assert {"name", "replica", "kind", "state"} == set(shown["components"][0])


@pytest.mark.parametrize(("encrypted", "scheme"), [(False, "http"), (True, "https")])
def test_both_addresses_say_whether_they_are_encrypted(reference, encrypted, scheme):
    """The site's URL and the gateway's begin alike."""
    folders = Folders("/d", "/r", "/s")
    ports = {need.name: 9000 + at for at, need in enumerate(local.needs(reference))}
    placed = local.place(reference, ports, folders, encrypted=encrypted)
    order = Order(reference, {"local": reference}, "local", folders, 9000)
    told = status.whole(order, placed, "ready", [])
    assert (scheme, scheme) == (told["url"].split(":")[0], told["gateway_url"].split(":")[0])
