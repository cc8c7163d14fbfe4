"""The secrets of a data folder and of the environment are known by name."""

import json

import pytest

from groundplan.runner import folders as made
from groundplan.runner.export import known


@pytest.fixture
def folders(tmp_path):
    """Return the folders of a run with some secrets."""
    found = made.locate(tmp_path / "data", tmp_path)
    for folder in ("secrets", "config/secrets", "certificates/backend"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    return found


def test_every_file_of_secrets_is_read(folders, tmp_path):
    """Keys, the texts of an object, a URL with its password, the lines of a private key."""
    data = tmp_path / "data"
    (data / "secrets/gateway-key").write_text("k3yk3yk3y\n")
    (data / "secrets/administrator.json").write_text(json.dumps({"email": "a@b", "password": "p"}))
    (data / "config/secrets/backend.database-url").write_text("postgres://u:p%2Fw@h/d")
    (data / "certificates/backend/tls.key").write_text("-----BEGIN X-----\nAAAA\nBBBB\n-----END")
    (data / "certificates/backend/tls.crt").write_text("public")
    assert {
        "gateway-key": "k3yk3yk3y",
        "administrator.json: email": "a@b",
        "administrator.json: password": "p",
        "backend.database-url": "postgres://u:p%2Fw@h/d",
        "backend.database-url: password": "p/w",
        "tls.key, line 1": "AAAA",
        "tls.key, line 2": "BBBB",
    } == known.secrets_of(folders, {})


def test_the_password_of_a_url_is_a_secret_of_its_own(folders, tmp_path):
    """As it is meant, because it may stand elsewhere without the URL."""
    environment = {"DATABASE_URL": "postgres://u:p%2Fw@h/d"}
    assert {"environment DATABASE_URL: password": "p/w"} == known.secrets_of(folders, environment)


def test_the_environment_is_searched_by_names(folders):
    """What is named as a secret is one; a file's path is not."""
    environment = {"AWS_SECRET_ACCESS_KEY": "abcdef", "PATH": "/bin", "TOKEN_DIR": "/"}
    found = known.secrets_of(folders, environment)
    assert {"environment AWS_SECRET_ACCESS_KEY": "abcdef"} == found


def test_this_machine_has_words_for_its_places(folders, tmp_path, monkeypatch):
    """The data folder, the home folder, the host and the user; common names stay."""
    monkeypatch.setattr(known.socket, "gethostname", lambda: "adas-laptop")
    monkeypatch.setattr(known.getpass, "getuser", lambda: "ada.lovelace")
    found = known.places_of(folders)
    assert "<data>" == found[str(tmp_path / "data")]
    assert ("<host>", "<user>") == (found["adas-laptop"], found["ada.lovelace"])
    monkeypatch.setattr(known.getpass, "getuser", lambda: "root")
    assert "root" not in known.places_of(folders)
