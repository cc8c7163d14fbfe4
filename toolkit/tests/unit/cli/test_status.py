"""`status` is for people and for programs."""

import json

from groundplan.cli.main import main
from groundplan.runner import disk, folders

STATUS = {
    "platform": "groundplan",
    "environment": "local",
    "state": "ready",
    "url": "http://127.0.0.1:8080",
    "gateway_url": None,
    "data": "/data",
    "credentials_file": "/c",
    "components": [],
}


def test_where_nothing_ran_the_exit_code_says_so(tmp_path, capsys):
    """Not ready is 5, with a way out, and nothing on stdout."""
    assert 5 == main(["status", "--json", "--data", str(tmp_path)])
    told = capsys.readouterr()
    assert "" == told.out
    assert "./run up starts the platform" in told.err


def test_a_run_without_supervisor_is_not_ready(tmp_path, capsys):
    """The last status is shown corrected, as JSON without the lines of logs."""
    found = folders.locate(tmp_path, tmp_path)
    folders.make(found)
    disk.write_json(folders.Path(found.run) / "status.json", STATUS)
    assert 5 == main(["status", "--json", "--data", str(tmp_path)])
    shown = json.loads(capsys.readouterr().out)
    assert set(STATUS) == set(shown)
    assert "stopped" == shown["state"]
