"""Exporters of the stores."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import pod_security
from groundplan.model import flow
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import exporter

Found = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def found(reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the objects by exporter and kind."""
    made = exporter.objects(reference, in_cluster(reference))
    return {name: {each["kind"]: each for each in valid(held)} for name, held in made.items()}


def container(found: Found, name: str) -> dict[str, Any]:
    """Return the one container of an exporter."""
    (held,) = found[name]["Deployment"]["spec"]["template"]["spec"]["containers"]
    one: dict[str, Any] = held
    return one


def test_each_store_has_one(found: Found) -> None:
    """Restricted and small."""
    assert {flow.CACHE_EXPORTER, flow.DATABASE_EXPORTER} == set(found)
    for held in found.values():
        assert [] == [str(each) for each in pod_security.findings(held.values())]
        assert 1 == held["Deployment"]["spec"]["replicas"]


def test_no_password_is_told_in_words(found: Found) -> None:
    """They stand in files that the arguments name."""
    cache = container(found, flow.CACHE_EXPORTER)
    assert "--redis.user=exporter" in cache["args"]
    assert "--redis.password-file=/etc/groundplan/secrets/passwords.json" in cache["args"]
    told = {
        each["name"]: each["value"] for each in container(found, flow.DATABASE_EXPORTER)["env"]
    }
    assert "/etc/groundplan/secrets/password" == told["DATA_SOURCE_PASS_FILE"]
    assert ":5432/exporter?sslmode=verify-full&" in told["DATA_SOURCE_URI"]


def test_the_database_is_known_by_its_authorities(found: Found) -> None:
    """Which a first container brings from the backend's image; the cache's needs none."""
    told = {
        each["name"]: each["value"] for each in container(found, flow.DATABASE_EXPORTER)["env"]
    }
    path = told["DATA_SOURCE_URI"].partition("sslrootcert=")[2]
    pod = found[flow.DATABASE_EXPORTER]["Deployment"]["spec"]["template"]["spec"]
    [first] = pod["initContainers"]
    assert "/backend:" in first["image"]
    assert f"copyfile('/etc/ssl/rds/global-bundle.pem', '{path}')" in first["command"][-1]
    folders = [
        {each["name"] for each in one["volumeMounts"] if path.startswith(f"{each['mountPath']}/")}
        for one in (first, container(found, flow.DATABASE_EXPORTER))
    ]
    assert [{"run"}, {"run"}] == folders
    cache = found[flow.CACHE_EXPORTER]["Deployment"]["spec"]["template"]["spec"]
    assert not cache.get("initContainers")


def test_figures_are_shown_over_tls(found: Found) -> None:
    """With the platform's certificates; where nothing is encrypted, without."""
    cache, database = (container(found, name) for name in sorted(found))
    assert "--tls-server-cert-file=/etc/groundplan/tls/tls.crt" in cache["args"]
    assert "--web.config.file=/etc/groundplan/config/web.yaml" in database["args"]
    assert (
        "cert_file: /etc/groundplan/tls/tls.crt"
        in found[flow.DATABASE_EXPORTER]["ConfigMap"]["data"]["web.yaml"]
    )


def test_without_encryption_there_is_no_certificate(
    platform_with: Callable[[str], Platform],
    in_cluster: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """And the cache is asked without."""
    platform = platform_with("security: {encryption: {inTransit: false}}")
    made = exporter.objects(platform, in_cluster(platform, encrypted=False))
    (held,) = (each for each in valid(made[flow.CACHE_EXPORTER]) if each["kind"] == "Deployment")
    (one,) = held["spec"]["template"]["spec"]["containers"]
    assert one["args"][0].startswith("--redis.addr=redis://exporter@cache.")
    assert not [each for each in one["args"] if each.startswith("--tls")]
