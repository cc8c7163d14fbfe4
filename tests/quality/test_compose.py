"""compose.yaml runs what a cluster runs: the same images, settings and configuration, as bound."""

import hashlib
import json
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography import x509

ROOT = Path(__file__).resolve().parents[2]
OBJECTS = ROOT / "generated/dev/kubernetes"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LONG = ["database", "cache", "backend", "authz", "gateway", "frontend"]
ONCE = ["prepare", "accounts", "migrate"]
SIGNALS = (
    *("OTEL_EXPORTER_", "OTEL_TRACES_", "OTEL_LOGS_", "TRACES_", "METRICS_", "LOGS_"),
    *("TELEMETRY_", "ALERT_", "SCRAPE_"),
)
"""Begin the settings that say where signals go, and where they are read."""
PODS = {
    "backend": "backend/deployment.yaml",
    "authz": "authz/deployment.yaml",
    "cache": "cache/statefulset.yaml",
    "accounts": "jobs/job-accounts.yaml",
    "migrate": "jobs/job-migrate-backend.yaml",
}


def pod(path: str) -> dict[str, Any]:
    """Return the container of a rendered pod."""
    found: dict[str, Any] = yaml.safe_load((OBJECTS / path).read_text())
    container: dict[str, Any] = found["spec"]["template"]["spec"]["containers"][0]
    return container


def test_every_service_is_here_and_no_other() -> None:
    """What runs for ever and what runs once: together all that compose.yaml has."""
    assert set(LONG + ONCE) == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_nothing_that_it_need_not(name: str) -> None:
    """Read-only root, a user of its own, no right kept, none to be got; only one port is open."""
    service = SERVICES[name]
    assert service["read_only"]
    assert ["ALL"] == service["cap_drop"]
    assert ["no-new-privileges:true"] == service["security_opt"]
    assert {"prepare": "0:0", "database": "999:999", "cache": "999:999"}.get(
        name, "10001:10001"
    ) == service["user"]
    assert (["CHOWN"] if name == "prepare" else []) == service.get("cap_add", [])
    assert (["127.0.0.1:8443:8443"] if name == "frontend" else []) == service.get("ports", [])


@pytest.mark.parametrize("name", LONG)
def test_what_runs_for_ever_is_asked_and_waits_for_what_it_needs(name: str) -> None:
    """It is asked whether it is ready, and starts behind others only when these are."""
    service = SERVICES[name]
    assert "test" in service["healthcheck"]
    conditions = {other: each["condition"] for other, each in service["depends_on"].items()}
    wanted = {
        other: "service_healthy" if other in LONG else "service_completed_successfully"
        for other in conditions
    }
    assert wanted == conditions


@pytest.mark.parametrize("name", PODS)
def test_settings_are_those_of_the_pod(name: str) -> None:
    """Each setting of the pod stands here with its value, but for the address people type.

    What lies in buckets there lies in folders here, and nobody here keeps signals.
    """
    listed = pod(PODS[name]).get("env", [])
    given = {
        each["name"]: each.get("value")
        for each in listed
        if each["name"] != "POD_NAME" and not each["name"].startswith(SIGNALS)
    }
    wanted = {key: str(value).replace("$(POD_NAME)", name) for key, value in given.items()}
    if "PUBLIC_URL" in wanted:
        wanted["PUBLIC_URL"] = f"https://{SERVICES['frontend']['ports'][0].rpartition(':')[0]}"
    wanted.pop("ARTIFACTS_REGION", None)
    for what in ("ARTIFACTS", "AUDIT"):
        if wanted.pop(f"{what}_BUCKET", None) is not None:
            wanted[f"{what}_FOLDER"] = f"/var/lib/groundplan/{what.lower()}"
    assert wanted == SERVICES[name].get("environment", {})


def test_the_cache_is_the_pods() -> None:
    """The same image, digest included, and the same command."""
    found = pod(PODS["cache"])
    cache = SERVICES["cache"]
    assert (found["image"], found["command"]) == (cache["image"], cache["command"])


@pytest.mark.parametrize("name", ["backend", "authz", "gateway", "frontend"])
def test_an_image_is_built_from_its_dockerfile(name: str) -> None:
    """The Dockerfile is there, and the built image is called after its service."""
    build = SERVICES[name]["build"]
    assert (ROOT / build["dockerfile"]).is_file()
    assert f"groundplan/{name}:compose" == SERVICES[name]["image"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what `prepare` makes of the rendered objects."""
    folder = tmp_path_factory.mktemp("compose") / "made"
    prepare(folder)
    return folder


def prepare(made: Path) -> None:
    """Run what the container `prepare` runs."""
    words = [sys.executable, ROOT / "compose/prepare.py", OBJECTS, made]
    subprocess.run(words, check=True)


def test_every_mounted_folder_is_made(made: Path) -> None:
    """Each subpath that a container mounts is a folder, with every file that settings name."""
    mounted = [
        volume["volume"]["subpath"]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if "subpath" in volume.get("volume", {})
    ]
    assert len(mounted) == len(SERVICES) - 1
    assert [] == [folder for folder in mounted if not (made / folder).is_dir()]
    for name, path in PODS.items():
        folder = made / {"migrate": "migrate-backend"}.get(name, name)
        values = SERVICES[name].get("environment", {}).values()
        named = [each.removeprefix("/etc/groundplan/") for each in values if "/etc/g" in each]
        assert [] == [file for file in named if not (folder / file).is_file()], path


def test_addresses_lead_to_the_containers(made: Path) -> None:
    """Every host of an address is a service here, or one of its aliases."""
    aliases = {
        alias
        for service in SERVICES.values()
        if isinstance(service.get("networks"), dict)
        for alias in service["networks"]["inside"]["aliases"]
    }
    addresses = [path.read_text() for path in made.glob("*/secrets/*-url")]
    assert len(addresses) == 5
    hosts = {urlsplit(address).hostname for address in addresses}
    assert set() == hosts - aliases - set(SERVICES)
    for address in addresses:
        assert "/etc/ssl/rds" not in address
        assert not address.startswith("postgresql:") or "sslmode=verify-full" in address


def test_a_certificate_bears_the_names_by_which_it_is_called(made: Path) -> None:
    """Name, alias and this machine; believed by the authority that everybody got."""
    for name in LONG:
        chain = (made / name / "tls/tls.crt").read_bytes()
        found = x509.load_pem_x509_certificate(chain)
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert {name, "localhost"} <= set(names.get_values_for_type(x509.DNSName))
        authority = x509.load_pem_x509_certificate((made / name / "tls/ca.crt").read_bytes())
        found.verify_directly_issued_by(authority)
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            made / name / "tls/tls.crt", made / name / "tls/tls.key"
        )


def test_no_template_is_left_and_passwords_agree(made: Path) -> None:
    """Every secret is filled; the cache knows the password's digest, its callers the password."""
    texts = [path.read_text() for path in made.glob("*/secrets/*")]
    assert [] == [text for text in texts if "{{" in text]
    password = (made / "cache/secrets/password").read_text()
    digest = hashlib.sha256(password.encode()).hexdigest()
    assert f"user default on #{digest} " in (made / "cache/secrets/users.acl").read_text()
    for name in ("backend", "authz"):
        assert password == urlsplit((made / name / "secrets/redis-url").read_text()).password
    administrator = json.loads((made / "migrate-backend/secrets/administrator.json").read_text())
    assert {"email", "password"} == administrator.keys()


def test_files_are_for_those_who_read_them(made: Path) -> None:
    """No file is readable by group or others; as root, each belongs to the container's user."""
    files = [path for path in made.rglob("*") if path.is_file()]
    assert [] == [path for path in files if path.stat().st_mode & 0o077]
    if os.getuid() == 0:
        users = {
            path.relative_to(made).parts[0]: path.stat().st_uid for path in made.glob("*/*/*")
        }
        assert {"database": 999, "cache": 999, "backend": 10001}.items() <= users.items()


def test_what_was_made_stays_made(made: Path) -> None:
    """A second start changes neither keys nor secrets, which volumes already hold."""
    kept = {path: path.read_text() for path in made.rglob("*") if path.is_file()}
    prepare(made)
    assert kept == {path: path.read_text() for path in made.rglob("*") if path.is_file()}
