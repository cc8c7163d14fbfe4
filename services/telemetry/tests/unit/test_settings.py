"""Settings are read whole or not at all, and what is wrong is said."""

import json

import pytest

from groundplan_telemetry import settings
from groundplan_telemetry.settings import SettingError, Settings

LEAST = {"listen": {"port": 1}, "folder": "/a", "key_file": "/k"}


@pytest.fixture
def written(tmp_path):
    """Return what writes settings and returns the file."""

    def write(**changes):
        file = tmp_path / "settings.json"
        file.write_text(json.dumps({**LEAST, **changes}))
        return file

    return write


def test_little_is_enough(written):
    """Where to listen, where to keep and the key are all that must be said."""
    found = Settings.read(written())
    assert ("127.0.0.1", 1, ()) == (found.listen.host, found.listen.port, found.scrape)
    assert float(1 << 30) == found.limits.size


def test_everything_is_understood(written):
    """All parts are read into their types."""
    who = {"job": "database", "instance": "database-1"}
    found = Settings.read(
        written(
            scrape=[{"job": "a", "instance": "a-1", "url": "http://x", "key_file": "/k"}],
            postgres={**who, "url_file": "/u"},
            logs=[{"service": "a", "replica": "a-1", "path": "/l"}],
            alerts={"urls": ["http://x"], "key_file": "/k"},
        )
    )
    assert (5.0, "/k") == (found.scrape[0].interval, found.scrape[0].key_file)
    assert ("/u", "json", "http://x") == (
        found.postgres.url_file, found.logs[0].format, found.alerts.urls[0]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"folder": 7}, "folder"),
        ({"replicas": 2}, "replicas"),
        ({"limits": {"size": 0}}, "size"),
        ({"listen": {}}, "port"),
    ],
)
def test_what_is_wrong_is_said(written, changes, words):
    """A word that is not known, or a value of another kind, is named."""
    with pytest.raises(SettingError, match=words):
        Settings.read(written(**changes))


def test_a_file_that_is_not_there_is_said(tmp_path):
    """The path stands in the message."""
    with pytest.raises(SettingError, match=r"none\.json cannot be read: No such file"):
        Settings.read(tmp_path / "none.json")


def test_secrets_are_read_from_files_and_never_shown(tmp_path):
    """A secret is its text for programs, and nothing for people."""
    file = tmp_path / "key"
    file.write_text("canary\n")
    found = settings.secret(str(file))
    assert ("canary", "[redacted]") == (str(found), repr(found))
    file.write_text("\n")
    with pytest.raises(SettingError, match="is empty"):
        settings.secret(str(file))
    with pytest.raises(SettingError, match="cannot be read"):
        settings.secret(str(tmp_path / "none"))
