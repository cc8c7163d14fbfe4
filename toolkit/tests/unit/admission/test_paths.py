"""Programs are told of files that are there."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import paths

Object = dict[str, Any]
SECRETS, TLS, CONFIG = "/etc/shop/secrets", "/etc/shop/tls", "/etc/shop/config"


@pytest.fixture
def container(pod: Object, find: Callable[[str], Object]) -> Object:
    """Return a container that mounts everything and is told of each once."""
    found: Object = pod["containers"][0]
    found["volumeMounts"] = [
        {"name": "secrets", "mountPath": SECRETS},
        {"name": "tls", "mountPath": TLS},
        {"name": "config", "mountPath": CONFIG},
        {"name": "run", "mountPath": "/run/shop"},
    ]
    found["env"] = [{"name": "DATABASE_URL_FILE", "value": f"{SECRETS}/database-url"}]
    found["command"] = ["serve", "--certificate", f"{TLS}/tls.crt", "--socket", "/run/shop/a"]
    find("ConfigMap")["data"] = {"level": f"key {TLS}/tls.key; authority {TLS}/ca.crt."}
    return found


def test_what_is_told_is_there(objects: list[Object], container: Object) -> None:
    """Variables, commands and mounted texts name files that are mounted."""
    assert [] == [str(each) for each in paths.findings(objects)]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("env[DATABASE_URL_FILE]", f"{SECRETS}/redis-url"),
        ("env[DATABASE_URL_FILE]", "/etc/shop/secret/database-url"),
        ("env[DATABASE_URL_FILE]", f"postgresql://h?sslrootcert={TLS}/authority.crt"),
    ],
)
def test_a_variable_that_leads_nowhere_is_found(
    where: str, value: str, objects: list[Object], container: Object
) -> None:
    """Another key, or another folder beside the mounts."""
    container["env"][0]["value"] = value
    (found,) = paths.findings(objects)
    assert found.path.endswith(f"containers[backend].{where}")


def test_a_command_that_leads_nowhere_is_found(objects: list[Object], container: Object) -> None:
    """A file that is not mounted, in whatever word."""
    container["args"] = [f"--key={TLS}/tls.pem"]
    (found,) = paths.findings(objects)
    assert f"must name a file that is mounted, names {TLS}/tls.pem" == found.must


def test_a_text_that_leads_nowhere_is_found(
    objects: list[Object], container: Object, find: Callable[[str], Object]
) -> None:
    """What a mounted configuration names is looked for too."""
    find("ConfigMap")["data"]["level"] = f"include {CONFIG}/more.conf;"
    (found,) = paths.findings(objects)
    assert found.path.endswith(f"volumeMounts[{CONFIG}]")


def test_a_key_may_be_mounted_under_another_name(
    objects: list[Object], container: Object, pod: Object
) -> None:
    """Where items are listed, their paths are the files."""
    items = [{"key": "database-url", "path": "url"}]
    pod["volumes"][0]["secret"]["items"] = items
    assert 1 == len(paths.findings(objects))
    container["env"][0]["value"] = f"{SECRETS}/url"
    assert [] == paths.findings(objects)


@pytest.mark.parametrize("mount", ["secrets", "tls", "config"])
def test_a_mount_that_is_missing_is_found(
    mount: str, objects: list[Object], container: Object
) -> None:
    """Without its mount a path beside the others leads nowhere."""
    container["command"] += [f"/etc/shop/{mount}/x"]
    container["volumeMounts"] = [
        each for each in container["volumeMounts"] if each["name"] != mount
    ]
    assert paths.findings(objects)


def test_what_nobody_knows_is_not_judged() -> None:
    """Files of a disk, of a single mounted file and above the mounts."""
    files = {TLS: frozenset(("tls.crt",)), "/etc/shop/data": None}
    text = f"/etc/shop/data/anything {TLS} /etc/shop /usr/etc/shop/tls/other"
    assert [] == paths.missing(text, files)
    assert [f"{TLS}/tls.key"] == paths.missing(f"{TLS}/tls.key", files)
