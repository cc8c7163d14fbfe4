"""The store is asked with its key, page by page, and never somebody else."""

from pathlib import Path

import pytest

from groundplan.runner import record
from groundplan.runner.export import store
from groundplan.runner.export.store import Store, StoreError


def test_it_is_asked_with_its_key(run, telemetry):
    """The key of the data folder, the question as it is."""
    assert {} == Store(run).get("/state", since="1 h")
    assert [("/state", {"since": ["1 h"]})] == telemetry.asked
    assert {"Bearer telemetrykey0123456789"} == telemetry.keys


@pytest.mark.parametrize(("most", "found"), [(10, ["1", "2"]), (1, ["1"])])
def test_pages_are_followed(run, telemetry, most, found):
    """Until there is none, or there are enough."""
    assert found == [each["message"] for each in Store(run).pages("/logs", most)]


def test_an_answer_that_is_none_is_told(run, telemetry):
    """With its status."""
    telemetry.answers = 503
    with pytest.raises(StoreError, match="/state answers 503"):
        Store(run).get("/state")


def test_one_that_is_gone_is_not_asked(run, telemetry):
    """On its port somebody else may listen, who must not see the key."""
    record.keep(Path(run.run, "processes.json"), [])
    with pytest.raises(StoreError, match="does not run"):
        Store(run)
    assert [] == telemetry.asked


def test_broken_settings_are_told(run, telemetry):
    """What cannot be read is no crash."""
    Path(run.config, "telemetry/settings.json").write_text("{")
    with pytest.raises(StoreError, match="settings cannot be read"):
        Store(run)


def test_it_is_not_asked_for_ever(run, telemetry, monkeypatch):
    """All answers together have a limit."""
    monkeypatch.setattr(store, "PATIENCE", -1.0)
    with pytest.raises(StoreError, match="took longer"):
        Store(run).get("/state")
