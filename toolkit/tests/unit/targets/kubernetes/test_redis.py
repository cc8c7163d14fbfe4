"""redis.conf in a cluster says what it says on one machine, but for the place."""

import pytest

from groundplan.model.folders import Folders
from groundplan.targets import local
from groundplan.targets.kubernetes import redis

OF_THE_PLACE = {"bind", "port", "dir", "user", "include"}


def _words(text):
    lines = (line.split(None, 1) for line in text.splitlines() if line and line[0] != "#")
    return {first: rest for first, rest in lines if first not in OF_THE_PLACE}


@pytest.fixture
def here(reference):
    """Return the settings of the cache on one machine."""
    folders = Folders("/data", "/run/gp", "/source")
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(reference))}
    secrets = local.Secrets("password", "key", "key", {"backend": "password"})
    made = local.render(reference, local.place(reference, ports, folders), folders, secrets)
    return next(file.content for file in made.files if file.path == "redis/redis.conf")


def test_both_places_say_the_same(reference, in_cluster, here):
    """Memory, log and bounds are equal, so what was tried here holds there."""
    there = redis.settings(reference, in_cluster(reference, encrypted=False))
    assert _words(here) == _words(there)


def test_only_tls_is_spoken(reference, placement):
    """The plain port is shut, old versions are refused, and clients need no certificate."""
    words = _words(redis.settings(reference, placement))
    assert ("6379", '"TLSv1.2 TLSv1.3"', "no") == (
        words["tls-port"],
        words["tls-protocols"],
        words["tls-auth-clients"],
    )
    assert "\nport 0\n" in redis.settings(reference, placement)


def test_passwords_come_from_the_secret(reference, placement):
    """The file names where users stand and holds none that may do anything."""
    text = redis.settings(reference, placement)
    assert "include /etc/groundplan/secrets/users.acl" in text
    users = [line for line in text.splitlines() if line.startswith("user ")]
    assert ["user probe on nopass -@all +ping"] == users
