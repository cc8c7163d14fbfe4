"""`up` refuses what it cannot run before anything starts."""

from pathlib import Path

import pytest

from groundplan.cli.main import main
from groundplan.cli.up import report
from groundplan.errors import NotReadyError
from groundplan.runner import start

REFERENCE = Path(__file__).resolve().parents[4] / "platform.yaml"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--file", "/nowhere/platform.yaml"], "/nowhere/platform.yaml"),
        (["--file", str(REFERENCE), "--environment", "mars"], "mars"),
        (["--file", str(REFERENCE), "--port-base", "80"], "--port-base must be from 1024"),
    ],
)
def test_bad_words_are_refused_before_anything_starts(words, said, tmp_path, capsys):
    """The exit code is 2, the message names the place, and no data folder is made."""
    data = tmp_path / "data"
    assert 2 == main(["up", "--detach", "--data", str(data), *words])
    assert said in capsys.readouterr().err
    assert not data.exists()


def test_a_data_folder_that_cannot_be_is_refused(tmp_path, capsys):
    """A file where the folder should be is named, with a way out."""
    (tmp_path / "data").write_text("")
    words = ["--detach", "--file", str(REFERENCE), "--data", str(tmp_path / "data")]
    assert 2 == main(["up", *words])
    told = capsys.readouterr().err
    assert "cannot be used" in told
    assert "--data DIR" in told


def test_the_address_is_data_and_the_rest_is_talk(capsys):
    """Only the URL is on stdout, so that scripts can use it."""
    report({"state": "ready", "url": "http://u", "credentials_file": "/c", "components": []})
    told = capsys.readouterr()
    assert ("http://u\n", "sign in with /c\n") == (told.out, told.err)


def test_what_is_not_ready_is_named_with_its_last_lines(capsys):
    """The error has exit code 5 and names the replica; its last lines come before."""
    component = {"name": "backend", "replica": 2, "state": "failed", "detail": "exited", "log": []}
    component["log"] = ["no such table"]
    with pytest.raises(NotReadyError, match="backend-2") as error:
        report({"state": "failed", "components": [component]})
    assert 5 == error.value.exit_code
    assert "no such table" in capsys.readouterr().err


def test_what_runs_without_encryption_is_not_joined_with_tls(tmp_path, capsys, monkeypatch):
    """Asking for encryption that is not there is an error with a way out, not a silent join."""
    monkeypatch.setattr(start, "start", lambda _: False)
    words = ["--detach", "--file", str(REFERENCE), "--data", str(tmp_path / "data")]
    assert 2 == main(["up", "--tls", *words])
    told = capsys.readouterr().err
    assert "runs without encryption" in told
    assert "./run down, then ./run up --tls" in told
