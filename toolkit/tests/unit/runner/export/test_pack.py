"""No secret leaves a machine in an archive, wherever it was; the search for them can fail."""

import base64
import json
import sqlite3
import tarfile
from pathlib import Path
from urllib.parse import quote

import pytest

from groundplan.errors import UsageError
from groundplan.runner import folders as made
from groundplan.runner.export import pack
from groundplan.runner.export.scrubber import Scrubber

FILE = "p1atform/Canary+file"
KEPT = "k3pt/Canary+kept&in=secrets"
GIVEN = "g1ven/Canary+environment"
DATABASE = "d4ta/Canary+base"
CANARIES = (FILE, KEPT, GIVEN, DATABASE)
REFERENCE = Path(__file__).resolve().parents[5] / "platform.yaml"


def forms(secret: str) -> list[str]:
    """Return a secret as it is, in base64 alone and behind a name, and as in a URL."""
    return [
        secret,
        base64.b64encode(secret.encode()).decode(),
        base64.b64encode(f"user:{secret}".encode()).decode(),
        quote(secret, safe=""),
    ]


def everything() -> str:
    """Return lines with every canary in every form."""
    return "".join(f"saw {form} here\n" for each in CANARIES for form in forms(each))


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """Return what to pack of a data folder in which canaries stand everywhere."""
    run = made.locate(tmp_path / "data", tmp_path)
    made.make(run)
    url = f"postgres://backend:{quote(DATABASE, safe='')}@127.0.0.1/x"
    monkeypatch.setenv("CANARY_API_TOKEN", GIVEN)
    file = tmp_path / "platform.yaml"
    file.write_text(f'extends: {REFERENCE}\nname: "it"\n# API_TOKEN: "{FILE}"\n# {everything()!r}')
    for name, text in {
        "secrets/gateway-key": KEPT,
        "config/secrets/backend.database-url": url,
        "config/frontend-1/nginx.conf": everything() + url,
        "logs/backend-1.log": everything() + url,
        "logs/backend-1.log.1": json.dumps({"message": everything()}),
        "traces/20260101T000000-up-1.json": json.dumps({"message": everything()}),
        "run/status.json": json.dumps({"url": url, "components": [], "said": everything()}),
    }.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    _store(Path(run.telemetry))
    return pack.Wanted(run, file, "local", 3600)


def _store(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / "logs-1.db")
    connection.executescript(
        "CREATE TABLE sources (id, service, replica, resource);"
        "CREATE TABLE lines (id, time, source, level, message, trace, span, attributes);"
        "INSERT INTO sources VALUES (1, 'a', 'a-1', '{}');"
    )
    told = json.dumps({"http.header": everything()})
    row = (1, 9e18, 1, 2, everything(), None, None, told)
    connection.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    connection.close()


def leaks(wanted: pack.Wanted, path: Path) -> set[str]:
    """Return the canaries that are found in the unpacked archive, in whatever form."""
    pack.pack(wanted, lambda _: None).bundle.write(path)
    with tarfile.open(path) as archive:
        members = [each for each in archive.getmembers() if each.isfile()]
        text = "".join(archive.extractfile(each).read().decode() for each in members)
        text += "".join(each.name for each in members)
    assert "telemetry/logs.jsonl" in text
    return {
        each
        for each in CANARIES
        for form in forms(each)
        if form in text or json.dumps(form)[1:-1] in text
    }


def test_no_canary_leaves(planted, tmp_path):
    """Of secrets' files, the environment, the platform file and a database's URL; in no form."""
    assert set() == leaks(planted, tmp_path / "out.tar.gz")


def test_the_search_for_canaries_can_fail(planted, tmp_path, monkeypatch):
    """Unscrubbed, every one of them is found."""
    monkeypatch.setattr(Scrubber, "scrub", lambda _, text: text)
    assert set(CANARIES) == leaks(planted, tmp_path / "out.tar.gz")


def test_names_of_this_machine_stay_here(planted, tmp_path):
    """The data folder's path is a word."""
    Path(planted.folders.logs, "x-1.log").write_text(f"cannot open {tmp_path}/data/postgres\n")
    packed = pack.pack(planted, lambda _: None)
    packed.bundle.write(tmp_path / "out")
    with tarfile.open(tmp_path / "out") as archive:
        text = archive.extractfile("groundplan-export/logs/x-1.log").read().decode()
    assert "cannot open <data>/postgres\n" == text


def test_what_cannot_be_read_is_noted(planted):
    """A run that is down and a platform file with faults still make an archive."""
    planted.file.write_text("name: 1\n")
    packed = pack.pack(planted, lambda _: None)
    assert any(each.startswith("the platform file: ") for each in packed.bundle.notes)
    assert any("it does not run" in each for each in packed.bundle.notes)
    assert {"README.txt", "machine.json", "status.json"} <= set(packed.bundle.paths)


def test_secrets_that_were_found_are_counted(planted):
    """By name, for the person who hands the archive on."""
    taken = pack.pack(planted, lambda _: None).taken
    assert taken["secret gateway-key"] > 5
    assert taken["secret environment CANARY_API_TOKEN"] > 5


def test_without_a_data_folder_there_is_nothing_to_pack(tmp_path):
    """The folder is named, with the way out."""
    run = made.locate(tmp_path / "nowhere", tmp_path)
    with pytest.raises(UsageError, match="there is no data folder") as error:
        pack.pack(pack.Wanted(run, tmp_path / "p.yaml", "local", 60), lambda _: None)
    assert "--data DIR" in error.value.hint


def test_progress_is_told_now_and_then():
    """Many lines within a moment are one."""
    said: list[str] = []
    tell = pack.teller(said.append)
    for number in range(5):
        tell(str(number))
    assert ["0"] == said


def test_logs_leave_room_for_the_rest(planted, monkeypatch):
    """What is too much of them is left out, and said."""
    monkeypatch.setattr(pack, "LOGS", 10)
    packed = pack.pack(planted, lambda _: None)
    assert "logs/backend-1.log" not in packed.bundle.paths
    assert any(each.startswith("logs/backend-1.log: left out") for each in packed.bundle.notes)
