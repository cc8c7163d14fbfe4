"""Settings, traces and the ends of logs are read, secrets' folders are not."""

import pytest

from groundplan.runner import folders as made
from groundplan.runner.export import files


@pytest.fixture
def folders(tmp_path):
    """Return a data folder with some of everything."""
    written = {
        "config/frontend-1/nginx.conf": "nginx",
        "config/secrets/backend.redis-url": "hush",
        "ports.json": "{}",
        "traces/20260101T000000-up-1.json": "{}",
        "logs/backend-1.log": "now\n",
        "logs/backend-1.log.1": "before\n",
    }
    for name, text in written.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return made.locate(tmp_path, tmp_path)


def test_settings_come_without_secrets(folders):
    """What was rendered, and what the runner noted."""
    assert [("config/frontend-1/nginx.conf", "nginx"), ("config/ports.json", "{}")] == list(
        files.settings(folders)
    )


def test_traces_of_starts_come_along(folders):
    """Each file of them."""
    assert [("traces/20260101T000000-up-1.json", "{}")] == list(files.traces(folders))


def test_logs_come_with_their_old_copies(folders):
    """Nothing was left out of short ones."""
    assert [("logs/backend-1.log", "now\n", 0), ("logs/backend-1.log.1", "before\n", 0)] == list(
        files.logs(folders)
    )


def test_of_a_long_file_the_end_is_read(tmp_path):
    """From the beginning of a line, with how much is missing."""
    path = tmp_path / "log"
    path.write_text("first line\nsecond line\nthird\n")
    assert ("third\n", 23) == files.read(path, 10)


def test_an_empty_folder_has_nothing(tmp_path):
    """A run that never got so far is no error."""
    found = made.locate(tmp_path, tmp_path)
    assert [] == [*files.settings(found), *files.traces(found), *files.logs(found)]


def test_current_logs_come_before_old_copies(tmp_path):
    """So that where room ends, the past is missing."""
    (tmp_path / "logs").mkdir()
    for name in ("a-1.log", "a-1.log.1", "b-1.log"):
        (tmp_path / "logs" / name).touch()
    names = [name for name, _, _ in files.logs(made.locate(tmp_path, tmp_path))]
    assert ["logs/a-1.log", "logs/b-1.log", "logs/a-1.log.1"] == names


def test_what_cannot_be_read_says_so(tmp_path):
    """A folder in the place of a file is no reason to stop."""
    assert "[cannot be read: Is a directory]\n" == files.text(tmp_path)
