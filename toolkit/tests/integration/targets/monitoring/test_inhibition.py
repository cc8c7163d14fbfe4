"""What a real Alertmanager leaves unsaid: it is sent the graver alert and the lesser one."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from groundplan.targets.monitoring import metric

ROOT = Path(__file__).resolve().parents[5]
Labels = Mapping[str, str]
States = Callable[..., dict[str, str]]
PATIENCE = 20.0
"""Seconds until Alertmanager has looked at what it was sent."""


@pytest.fixture(scope="module")
def address(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start Alertmanager with the rendered rules and receivers that tell nobody."""
    program = shutil.which("alertmanager") or shutil.which("prometheus-alertmanager")
    if program is None:
        pytest.skip("needs alertmanager: apt-get install prometheus-alertmanager")
    folder = tmp_path_factory.mktemp("alertmanager")
    file = folder / "alertmanager.yaml"
    config = yaml.safe_load((rendered / "alertmanager/alertmanager.yaml").read_text())
    config["receivers"] = [{"name": each["name"]} for each in config["receivers"]]
    file.write_text(yaml.safe_dump(config))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    argv = [program, f"--config.file={file}", f"--storage.path={folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="]  # fmt: skip
    shell = ["setpriv", "--pdeathsig", "KILL", "--", *argv]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(shell, stdout=log, stderr=subprocess.STDOUT) as running,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            _until(lambda: _is_up(url), (folder / "log").read_text)
            yield url
        finally:
            running.kill()


@pytest.fixture
def states(address: str) -> States:
    """Return what sends alerts and tells of each, by its name, what became of it."""

    def told(*alerts: Labels) -> dict[str, str]:
        # A test's alerts are told from those of others by a label that no rule looks at.
        mark = str(time.time_ns())
        sent = [{"labels": {**each, "mark": mark}} for each in alerts]
        httpx.post(f"{address}/api/v2/alerts", json=sent, timeout=10).raise_for_status()
        found: dict[str, str] = {}

        def is_looked_at() -> bool:
            found.clear()
            found.update(_states(address, mark))
            return len(found) == len(alerts) and "unprocessed" not in found.values()

        _until(is_looked_at, lambda: str(found))
        _end(address, sent)
        return dict(found)

    return told


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/ready", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _states(address: str, mark: str) -> dict[str, str]:
    """Return the state of each alert, by its name and severity."""
    asked = {"filter": f'mark="{mark}"'}
    answer: list[dict[str, Any]] = httpx.get(
        f"{address}/api/v2/alerts", params=asked, timeout=10
    ).json()
    return {
        f"{one['labels']['alertname']}/{one['labels']['severity']}": one["status"]["state"]
        for one in answer
    }


def _end(address: str, sent: list[dict[str, Any]]) -> None:
    """Say that alerts are over, so that they inhibit none of another test."""
    over = [{**each, "endsAt": "2020-01-02T00:00:00Z", "startsAt": "2020-01-01T00:00:00Z"}
            for each in sent]  # fmt: skip
    httpx.post(f"{address}/api/v2/alerts", json=over, timeout=10).raise_for_status()


def _until(is_so: Callable[[], bool], why: Callable[[], str]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, why()
        time.sleep(0.1)


def _alert(name: str, severity: str, **more: str) -> Labels:
    return {"alertname": name, "severity": severity, **more}


BURNS = "AvailabilityBudgetBurn"
SCENES: Mapping[str, tuple[Labels, Labels, Labels]] = {
    "the page of an objective over its ticket": (
        _alert(BURNS, "page", slo="a"), _alert(BURNS, "ticket", slo="a"),
        _alert(BURNS, "ticket", slo="b"),
    ),
    "a service over its replicas": (
        _alert("ServiceDown", "page", job="backend"),
        _alert("ReplicaDown", "ticket", job="backend"),
        _alert("ReplicaDown", "ticket", job="authz"),
    ),
    "a service over a replica that comes and goes": (
        _alert("ServiceDown", "page", job="backend"),
        _alert("ReplicaFlapping", "ticket", job="backend"),
        _alert("ReplicaFlapping", "ticket", job="authz"),
    ),
    **{f"{down} over {slow}": (
        _alert(down, "page", service=of), _alert(slow, "ticket", service=of),
        _alert(slow, "ticket", service="other"),
    ) for down, of, slow in (
        ("DatabaseDown", "database", "DatabaseSlow"),
        ("DatabaseDown", "database", "DatabaseConnectionsHigh"),
        ("CacheDown", "cache", "CacheSlow"),
        ("CacheDown", "cache", "CacheMemoryHigh"),
    )},
    **{f"{down} over {late}": (
        _alert(down, "page", service="x"), _alert(late, "ticket", service="y"),
        _alert("SignInsRefused", "ticket", service="y"),
    ) for down in ("ServiceDown", "DatabaseDown")
        for late in ("LatencyBudgetBurn", "BreakerOpen")},
    "a chart's critical over its warning": (
        _alert("KubeThing", "critical", namespace="a"),
        _alert("KubeThing", "warning", namespace="a"),
        _alert("KubeThing", "warning", namespace="b"),
    ),
}  # fmt: skip
"""By what it is about: what is graver, what it leaves unsaid, and what it does not."""


@pytest.mark.parametrize("scene", SCENES)
def test_the_lesser_is_unsaid_only_while_the_graver_fires(states: States, scene: str) -> None:
    """And only where both are about the same; alone, it is said."""
    graver, lesser, other = SCENES[scene]
    name, alone = (f"{each['alertname']}/{each['severity']}" for each in (lesser, other))
    both = states(graver, lesser)
    assert "suppressed" == both[name]
    assert "active" == both[f"{graver['alertname']}/{graver['severity']}"]
    assert {name: "active"} == states(lesser)
    assert "active" == states(graver, other)[alone]


def test_its_own_figures_are_those_that_rules_ask_for(address: str) -> None:
    """Every name of the list is shown from the start, with the kind of receiver as a label."""
    listed = (ROOT / "toolkit/tests/metrics/alertmanager.txt").read_text().splitlines()
    shown = httpx.get(f"{address}/metrics", timeout=10).text
    names = [each for each in listed if not each.startswith("#")]
    assert names
    assert [] == [each for each in names if f"\n{each}{{" not in shown]
    for kind in ("slack", "webhook"):
        assert f'{metric.ALERTS_UNSENT[0]}{{integration="{kind}"' in shown


def test_every_rule_is_in_a_scene(rendered: Path) -> None:
    """Each rule of the configuration acts in one; one that nobody tried would be found."""
    config = yaml.safe_load((rendered / "alertmanager/alertmanager.yaml").read_text())
    rules = config["inhibit_rules"]
    acted = {
        number
        for number, rule in enumerate(rules)
        for graver, lesser, _ in SCENES.values()
        if _matches(rule["source_matchers"], graver) and _matches(rule["target_matchers"], lesser)
    }
    assert set(range(len(rules))) == acted
    assert not _matches(['alertname=~"A|B"'], _alert("C", "page"))


def _matches(matchers: list[str], labels: Labels) -> bool:
    """Tell whether labels have the values that matchers ask for; ours know `=` and `=~`."""
    asked = (each.replace("=~", "=").replace('"', "").partition("=") for each in matchers)
    return all(labels.get(name) in values.split("|") for name, _, values in asked)
