"""The listener for Prometheus."""

import socket
import subprocess
import time
import urllib.request

from groundplan.model.placement import Address, Endpoint
from groundplan.targets.frontend import figures
from groundplan.targets.frontend.directive import block, line
from groundplan.tools import nginx

AT = Endpoint("frontend", 0, Address("frontend.shop.svc.cluster.local", 8443))


def test_a_pod_shows_that_it_answers(cluster, encrypted_cluster):
    """On a port of its own, over TLS where everything is, and nothing else there."""
    plain = figures.server(cluster, AT)
    assert "    listen 9113;" in plain
    assert "    location / {" in plain
    assert "    listen 9113 ssl;" in figures.server(encrypted_cluster, AT)


def test_on_one_machine_there_is_none(placement):
    """The store reads the access log."""
    assert () == figures.server(placement, AT)


def test_nginx_says_it_as_prometheus_reads_it(cluster, tmp_path):
    """Run for real: two names, and the number of connections grows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = tuple(
        text.replace("9113", f"127.0.0.1:{port}") for text in figures.server(cluster, AT)
    )
    lines = (
        *line("daemon", "off"),
        *line("pid", tmp_path / "pid"),
        *block("events"),
        *block("http", server, *(line(f"{each}_temp_path", tmp_path / each) for each in FOLDERS)),
    )
    config = tmp_path / "nginx.conf"
    config.write_text("\n".join(lines) + "\n")
    words = [nginx.find().path, "-p", str(tmp_path), "-c", str(config), "-e", "stderr"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE)
    try:
        first, second = (_figures(port) for _ in range(2))
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert ("1", "1") == (first["nginx_up"], second["nginx_up"])
    accepted = "nginx_connections_accepted"
    assert int(second[accepted]) > int(first[accepted])


FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def _figures(port: int) -> dict[str, str]:
    until = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=2) as answer:
                lines = answer.read().decode().splitlines()
            return dict(each.split(" ") for each in lines)
        except OSError:
            assert time.monotonic() < until, "nginx did not start"
            time.sleep(0.05)
