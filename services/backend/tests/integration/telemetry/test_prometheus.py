"""The adapter against a real Prometheus, where one is on PATH."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from groundplan_backend.errors import QueryRefused
from groundplan_backend.telemetry import charts, glance, window
from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.prometheus import Prometheus
from groundplan_backend.telemetry.window import Window

_CONFIGURATION = """
global: {evaluation_interval: 200ms}
rule_files: [rules.yaml]
"""
_ONE = 'label_replace(vector(1), "job", "prometheus", "", "")'
_RULES = """
groups:
  - name: ours
    rules:
      - alert: ServiceDown
        expr: absent(up{job="gone"})
        labels: {severity: page}
        annotations: {summary: gone}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that measures nothing; it waits five seconds before it would."""
    if shutil.which("prometheus") is None:
        assert not os.environ.get("CI"), "prometheus is not installed"
        pytest.skip("needs prometheus on PATH: apt-get install prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (folder / "prometheus.yaml").write_text(_CONFIGURATION)
    (folder / "rules.yaml").write_text(_RULES)
    argv = ["prometheus", f"--config.file={folder}/prometheus.yaml", "--log.level=error"]
    argv += [f"--storage.tsdb.path={folder}/data", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            argv,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL),
        )
    try:
        _wait(f"http://127.0.0.1:{port}", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def metrics(server: str) -> Prometheus:
    """The adapter."""
    return Prometheus(Place(server))


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{url}/-/ready").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise TimeoutError(log.read_text())


async def test_values_now_and_over_time(metrics: Prometheus) -> None:
    """Labels, numbers and moments are what was asked for."""
    (sample,) = await metrics.now(_ONE)
    assert (1.0, "prometheus") == (sample.value, sample.labels["job"])
    now = datetime.now(UTC)
    moments = window.moments(Window(now - timedelta(seconds=5), now), 1)
    (points,) = await metrics.over(_ONE, moments, 1)
    assert dict.fromkeys(moments, 1.0) == points.values


async def test_every_expression_of_ours_is_evaluated(metrics: Prometheus) -> None:
    """Charts and the overview ask in a language that Prometheus speaks."""
    asked = [charts.written(each.expression, "prometheus", 120) for each in charts.CHARTS.values()]
    for expression in (*asked, *glance.expressions("5m").values()):
        await metrics.now(expression)


async def test_refusals_and_rules(metrics: Prometheus) -> None:
    """Prometheus' own words, and what it has found."""
    with pytest.raises(QueryRefused, match="parse error"):
        await metrics.now("sum by (job")
    with pytest.raises(QueryRefused, match="unknown function"):
        await metrics.now("made_up(up)")
    (rule,) = await metrics.rules()
    assert ("ServiceDown", "page", 0) == (rule.name, rule.labels["severity"], rule.holds)
