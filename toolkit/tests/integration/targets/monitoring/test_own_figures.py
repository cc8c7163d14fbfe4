"""What a real Prometheus with our rules shows of itself: the figures by which it is watched."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from groundplan.targets.monitoring import metric

ROOT = Path(__file__).resolve().parents[5]
LISTED = ROOT / "toolkit/tests/metrics/prometheus.txt"
PATIENCE = 30.0
"""Seconds until Prometheus has read its rules."""


@pytest.fixture(scope="module")
def address(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start Prometheus with all rules of a cluster and nobody to ask."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("needs prometheus: apt-get install prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    file = folder / "prometheus.yaml"
    file.write_text(f'rule_files: ["{rendered}/rules/*.yaml"]\n')
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    argv = [program, f"--config.file={file}", f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]  # fmt: skip
    shell = ["setpriv", "--pdeathsig", "KILL", "--", *argv]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(shell, stdout=log, stderr=subprocess.STDOUT) as running,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            end = time.monotonic() + PATIENCE
            while not _is_up(url):
                assert time.monotonic() < end, (folder / "log").read_text()
                time.sleep(0.1)
            yield url
        finally:
            running.kill()


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/ready", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def test_its_own_figures_are_those_that_rules_ask_for(address: str) -> None:
    """Every name of the list is shown; one that is not would be found."""
    shown = _names(httpx.get(f"{address}/metrics", timeout=10).text)
    listed = {each for each in LISTED.read_text().splitlines() if not each.startswith("#")}
    assert {metric.ALERTS_UNSENT[1], metric.RULE_FAILURES} <= listed
    assert set() == listed - shown
    assert "prometheus_rule_evaluation_failure_total" not in shown


def test_failures_are_told_by_file_and_group(address: str, rendered: Path) -> None:
    """RulesFailing names what failed; each of our groups is counted from the start."""
    shown = httpx.get(f"{address}/metrics", timeout=10).text
    groups = {f"{path};{path.stem}" for path in rendered.glob("rules/*.yaml")}
    assert groups
    assert [] == [
        each for each in groups if f'{metric.RULE_FAILURES}{{rule_group="{each}"}} 0' not in shown
    ]


def _names(shown: str) -> set[str]:
    lines = (line for line in shown.splitlines() if line and not line.startswith("#"))
    return {line.partition("{")[0].partition(" ")[0] for line in lines}
