"""`export` packs what there is, says what it took out, and refuses what it cannot do."""

import tarfile
from pathlib import Path

import pytest

from groundplan.cli.main import main

REFERENCE = Path(__file__).resolve().parents[4] / "platform.yaml"


@pytest.fixture
def words(tmp_path):
    """Return the words of an export of a data folder with a secret in a log."""
    for folder in ("secrets", "logs"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data/secrets/gateway-key").write_text("0123456789abcdef")
    (tmp_path / "data/logs/web-1.log").write_text("key 0123456789abcdef, ada@people.example\n")
    return ["export", "--file", str(REFERENCE), "--data", str(tmp_path / "data")]


def test_the_archive_is_data_and_the_rest_is_talk(words, tmp_path, capsys):
    """Its path is all of stdout; size and what was taken out are talk."""
    out = tmp_path / "out.tar.gz"
    assert 0 == main([*words, "--out", str(out)])
    told = capsys.readouterr()
    assert f"{out}\n" == told.out
    assert "taken out: known secret (1 times), e-mail address (1 times)" in told.err
    with tarfile.open(out) as archive:
        found = archive.extractfile("groundplan-export/logs/web-1.log").read()
    assert b"key <secret gateway-key>, <e-mail>\n" == found


def test_without_a_name_it_has_the_times(words, tmp_path, capsys, monkeypatch):
    """It is written to the folder that one is in."""
    monkeypatch.chdir(tmp_path)
    assert 0 == main(words)
    (made,) = tmp_path.glob("groundplan-export-*.tar.gz")
    assert f"{made}\n" == capsys.readouterr().out


@pytest.mark.parametrize("since", ["soon", "0", "-1h", "0s"])
def test_a_time_that_is_none_is_refused(words, since, capsys):
    """With one that is."""
    assert 2 == main([*words, f"--since={since}"])
    assert "such as 30m or 1h" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(words, tmp_path, capsys):
    """Exit code 2, and nothing is made."""
    assert 2 == main([*words, "--out", str(tmp_path / "no" / "out")])
    assert "choose another with --out" in capsys.readouterr().err
    assert 2 == main(["export", "--data", str(tmp_path / "nowhere")])
    assert "there is no data folder" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
