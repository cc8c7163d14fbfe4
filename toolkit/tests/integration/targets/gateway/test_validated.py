"""The real Envoy takes what is rendered, and refuses it once it is broken."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from groundplan.loader import load
from groundplan.model.placement import Address, Discovery, Endpoint, Placement, in_kubernetes
from groundplan.model.platform import Platform
from groundplan.runner.certificate import provide
from groundplan.targets import gateway
from groundplan.tools import envoy

ROOT = Path(__file__).resolve().parents[5]
KEYS = ("secrets/authz.gateway-key", "secrets/gateway-key", "secrets/telemetry.send-key")


def write(platform: Platform, placement: Placement, folder: Path) -> Path:
    """Write the gateway's files as they would stand; return a replica's bootstrap."""
    for file in gateway.render(platform, placement):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        text = file.content.replace("/etc/groundplan/tls", str(folder / "gateway"))
        text = text.replace("/etc/groundplan/config", str(folder / "gateway"))
        path.write_text(text.replace("/etc/groundplan", str(folder)))
    (folder / "secrets").mkdir()
    for key in KEYS:
        (folder / key).write_text("k" * 64)
    provide(folder, ["gateway"])
    return min(folder.glob("gateway*/envoy.json"))


def validate(bootstrap: Path) -> "subprocess.CompletedProcess[str]":
    argv = [str(envoy.find().path), "--mode", "validate", "-c", str(bootstrap)]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)


def here(folder: Path, certificates: str = "") -> Placement:
    """Place two of everything on this machine."""
    names = ("gateway", "authz", "backend", "orders", "telemetry")
    endpoints = [
        Endpoint(name, replica, Address("127.0.0.1", 9000 + 10 * at + replica))
        for at, name in enumerate(names)
        for replica in (1, 2)
    ]
    run = str(folder)
    return Placement(
        Discovery.FILES,
        tuple(endpoints),
        str(folder),
        run,
        "http://127.0.0.1:8080",
        certificate_folder=certificates,
    )


@pytest.fixture(params=["platform.yaml", "examples/own-service/platform.yaml"])
def local(request: pytest.FixtureRequest) -> Platform:
    """Return each platform of this repository, as it runs on one machine."""
    return load(ROOT / request.param, "local")


@pytest.mark.parametrize("encrypted", [False, True])
def test_on_this_machine(local: Platform, tmp_path: Path, encrypted: bool) -> None:
    """Envoy takes the configuration of a local run."""
    placed = here(tmp_path, str(tmp_path) if encrypted else "")
    found = validate(write(local, placed, tmp_path))
    assert 0 == found.returncode, found.stderr
    assert "deprecated" not in found.stderr.lower()


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_in_kubernetes(environment: str, tmp_path: Path, encrypted: bool) -> None:
    """Envoy takes the configuration of every environment in the cloud."""
    platform = load(ROOT / "platform.yaml", environment)
    placed = in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=encrypted,
    )
    found = validate(write(platform, placed, tmp_path))
    assert 0 == found.returncode, found.stderr


@pytest.mark.parametrize(
    "breakage",
    [
        lambda text: text.replace('"failure_mode_allow"', '"failure_mode_allows"'),
        lambda text: text.replace("v3.JwtAuthentication", "v3.JwtAuthenticatio"),
        lambda text: text.replace('"retry_on": "connect', '"retry_on": 7, "x": "connect'),
        lambda text: text.replace("startsWith", "startzWith"),
    ],
)
def test_envoy_refuses_what_is_broken(breakage: Callable[[str], str], tmp_path: Path) -> None:
    """The validator is awake: a misspelled field, type, value or expression is refused."""
    bootstrap = write(load(ROOT / "platform.yaml", "local"), here(tmp_path), tmp_path)
    bootstrap.write_text(breakage(bootstrap.read_text()))
    assert 0 != validate(bootstrap).returncode
