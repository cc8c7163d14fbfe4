"""A run is seen from outside, also when its supervisor is gone."""

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner import client, disk, folders


@pytest.fixture
def found(tmp_path):
    """Return made folders."""
    made = folders.locate(tmp_path / "data", tmp_path)
    folders.make(made)
    return made


def test_where_nothing_ran_there_is_a_way_out(found):
    """The error says what to do."""
    with pytest.raises(NotReadyError, match=r"nothing runs in .*\n.*\./run up"):
        client.Client(found).status()


def test_without_a_supervisor_what_is_gone_is_stopped(found):
    """The last status is corrected by what still lives."""
    component = {"name": "web", "replica": 1, "state": "ready", "pid": 1, "detail": ""}
    disk.write_json(
        folders.Path(found.run) / "status.json", {"state": "ready", "components": [component]}
    )
    status = client.Client(found).status()
    assert ("stopped", "stopped") == (status["state"], status["components"][0]["state"])


def test_a_start_is_over_when_all_is_ready(found, monkeypatch):
    """Waiting ends with the status that ended it."""
    states = iter(["starting", "ready"])
    asked = client.Client(found)
    monkeypatch.setattr(
        asked, "supervised", lambda: {"status": {"state": next(states), "components": []}}
    )
    shown: list[str] = []
    assert "ready" == asked.wait(lambda s: shown.append(s["state"]), poll=0.0)["state"]
    assert ["starting", "ready"] == shown


def test_a_failure_that_goes_on_ends_the_wait(found, monkeypatch):
    """Failing again and again is no progress, whatever the details say."""
    monkeypatch.setattr(client, "LINGER", 0.05)
    asked, count = client.Client(found), iter(range(10**6))

    def status() -> dict:
        component = {"name": "web", "state": "failed", "detail": str(next(count))}
        return {"status": {"state": "failed", "components": [component]}}

    monkeypatch.setattr(asked, "supervised", status)
    assert "failed" == asked.wait(lambda _: None, poll=0.01)["state"]


def test_restart_needs_a_supervisor(found):
    """Without one the error says how to start it."""
    with pytest.raises(NotReadyError, match="no supervisor is at work"):
        client.Client(found).restart("backend", lambda _: None)


def test_down_where_nothing_runs_is_no_error(found):
    """There is nothing to stop, and that is said."""
    assert not client.Client(found).down(lambda _: None)


def test_the_start_is_told_while_there_is_a_supervisor(found, monkeypatch):
    """What it says of the start; nothing where it is gone."""
    asked = client.Client(found)
    assert {} == asked.startup()
    monkeypatch.setattr(asked, "supervised", lambda: {"status": {}, "startup": {"sent": True}})
    assert {"sent": True} == asked.startup()
