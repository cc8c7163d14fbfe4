"""How programs are started in their containers."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from groundplan.targets.kubernetes import command
from groundplan.targets.kubernetes.configuration import of_component

OWN = """
services:
  notes: {kind: service, run: {asgi: "notes:app"}, calls: [database]}
  pages: {kind: service, run: {wsgi: "pages:app"}}
  plain: {kind: service, run: {command: [serve, --listen, "${HOST}:$PORT", "$(literal)"]}}
"""


@pytest.fixture
def started(platform_with, in_cluster):
    """Return what tells how a service is started."""

    def command_of(name, *, encrypted=True):
        platform = platform_with(OWN)
        return command.command(platform, in_cluster(platform, encrypted=encrypted), name, None)

    return command_of


def test_ours_are_started_as_their_images_say(started):
    """Module and word, program and configuration."""
    assert ["python3", "-m", "groundplan_backend", "serve"] == started("backend")
    assert ["python3", "-m", "groundplan_gateway", "serve"] == started("authz")
    assert "/etc/groundplan/config/nginx.conf" in started("frontend")
    envoy = started("gateway")
    assert "/usr/local/bin/envoy" == envoy[0]
    assert "$(POD_NAME)" == envoy[envoy.index("--service-node") + 1]


def test_applications_are_served_by_granian(started):
    """With the pod's own certificate where everything is encrypted."""
    encrypted, plain = started("notes"), started("pages", encrypted=False)
    assert "/etc/groundplan/tls/tls.crt" == encrypted[encrypted.index("--ssl-certificate") + 1]
    assert ["--no-ws", "pages:app"] == plain[-2:]
    assert "--ssl-certificate" not in plain


def test_a_command_gets_host_and_port_filled_in(started):
    """What Kubernetes would take for a variable of its own is left as it was written."""
    assert ["serve", "--listen", "0.0.0.0:8443", "$$(literal)"] == started("plain")


def test_the_pod_s_name_comes_before_what_contains_it(platform_with, in_cluster):
    """Kubernetes fills in only what was defined before."""
    platform = platform_with(OWN)
    names = [each.name for each in command.environment(platform, in_cluster(platform), "notes")]
    assert "POD_NAME" == names[0]
    assert "DATABASE_URL_FILE" in names
    assert "DATABASE_URL" not in names


def test_a_bootstrap_in_pieces_is_put_together(reference, placement, tmp_path):
    """The start writes the whole file and becomes the program that reads it."""
    folder = tmp_path / "config"
    folder.mkdir()
    content = {"names": [f"service-{number}" for number in range(100_000)]}
    cut = of_component("gateway", {command.BOOTSTRAP: json.dumps(content)})
    for data in cut.maps.values():
        for name, text in data.items():
            (folder / name).write_text(text)
    here = replace(placement, config_folder=str(tmp_path), run_folder=str(tmp_path))
    words = command.command(reference, here, "gateway", cut)
    subprocess.run([sys.executable, *words[1:3], "/bin/true"], check=True, timeout=20)
    assert content == json.loads((tmp_path / command.BOOTSTRAP).read_text())
    assert str(tmp_path / command.BOOTSTRAP) in words
