import json
import os
from pathlib import Path
from typing import Any

import pytest

from groundplan_backend.catalog.state import LiveState


def _report(**change: Any) -> dict[str, Any]:
    component = {"name": "backend", "replica": 2, "state": "failed", "log": ["last words"]}
    return {"state": "unready", "components": [component], "data": "/secret", **change}


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"state": 7}'])
def test_a_missing_or_broken_report_is_unknown(tmp_path: Path, content: str | None) -> None:
    """Nobody gets an error because the runner has not written yet."""
    file = tmp_path / "state.json"
    if content is not None:
        file.write_text(content)
    assert "unknown" == LiveState(file).read().state
    assert "unknown" == LiveState(None).read().state


def test_a_report_is_shown_without_paths(tmp_path: Path) -> None:
    """Components with their last log lines, and nothing about where things lie."""
    file = tmp_path / "state.json"
    file.write_text(json.dumps(_report()))
    state = LiveState(file).read()
    (component,) = state.components
    assert ("unready", "backend", ["last words"]) == (state.state, component.name, component.log)
    assert "secret" not in str(state)


def test_a_new_report_is_noticed(tmp_path: Path) -> None:
    """The runner replaces the file; the next read sees it."""
    file, fresh = tmp_path / "state.json", tmp_path / "new.json"
    file.write_text(json.dumps(_report()))
    live = LiveState(file)
    assert "unready" == live.read().state
    fresh.write_text(json.dumps(_report(state="ready")))
    os.replace(fresh, file)
    assert "ready" == live.read().state
