"""A pod leaves when nobody knows it any more, and in time."""

import math
import socket
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from groundplan.model.placement import Endpoint
from groundplan.targets import gateway
from groundplan.targets.kubernetes import drain

OWN = """
services:
  plain: {kind: service, run: {command: [serve]}}
  python: {kind: service, run: {asgi: "a:b"}}
  backend: {routes: [{path: /api/v1, timeout: 40s}], drain: 7s}
"""


def _command(platform, placement, name):
    return drain.lifecycle(platform, placement, name).preStop.exec.command


def test_there_is_time_for_the_notice_and_the_longest_request(platform_with, in_cluster):
    """Wait, longest request and slack fit into the grace of every service."""
    platform = platform_with(OWN)
    for name, service in platform.services.items():
        longest = math.ceil(drain.longest_request(platform, service))
        assert drain.grace(platform, name) >= drain.NOTICE + longest + drain.SLACK
    assert drain.grace(platform, "backend") == 15 + 40 + 5


def test_who_stands_in_front_waits_for_the_longest_of_all(platform_with):
    """The frontend and the gateway carry every service's requests."""
    platform = platform_with(OWN)
    for name in ("frontend", "gateway"):
        assert 40 == drain.longest_request(platform, platform.services[name])


@pytest.mark.parametrize(
    ("name", "program"), [("plain", "sleep"), ("python", "python3"), ("backend", "python3")]
)
def test_the_wait_is_a_program_that_the_image_has(platform_with, in_cluster, name, program):
    """Ours have Python and no shell; of a stranger's command only `sleep` can be hoped for."""
    platform = platform_with(OWN)
    assert program == _command(platform, in_cluster(platform), name)[0]


def test_envoy_is_asked_on_the_socket_that_it_listens_on(reference, placement):
    """The hook names the administration socket of the gateway's own configuration."""
    at = Endpoint("gateway", 0, placement.replica("gateway", 0).address)
    assert gateway.admin_socket(placement, at) in _command(reference, placement, "gateway")[-1]


def test_envoy_turns_callers_away_before_it_is_stopped(
    reference, placement, tmp_path, monkeypatch
):
    """It is told that it is ill, then to drain; both as requests that it can read."""
    monkeypatch.setattr(drain, "NOTICE", 0)
    monkeypatch.setattr(drain, "longest_request", lambda *_: 0)
    here = replace(placement, run_folder=str(tmp_path))
    asked = []
    with socket.socket(socket.AF_UNIX) as admin:
        admin.bind(str(tmp_path / "gateway-0.admin.sock"))
        admin.listen()
        thread = threading.Thread(target=_answer, args=(admin, asked), daemon=True)
        thread.start()
        words = _command(reference, here, "gateway")
        subprocess.run([sys.executable, *words[1:]], check=True, timeout=20)
        thread.join(10)
    assert [
        "POST /healthcheck/fail HTTP/1.1",
        "POST /drain_listeners?graceful HTTP/1.1",
    ] == [each.split("\r\n")[0] for each in asked]
    assert all(each.endswith("\r\n\r\n") for each in asked)


def _answer(admin, asked):
    for _ in range(2):
        connection, _ = admin.accept()
        with connection:
            asked.append(connection.recv(4096).decode())
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
