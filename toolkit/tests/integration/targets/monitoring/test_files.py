"""Rules and scrape configuration are files that Prometheus itself takes."""

import json
import subprocess
from pathlib import Path

import pytest

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.targets import monitoring

ROOT = Path(__file__).resolve().parents[5]
PLACES = [
    ("platform.yaml", "local"),
    ("platform.yaml", "dev"),
    ("platform.yaml", "prod"),
    ("examples/own-service/platform.yaml", "local"),
    ("tests/stack/faults.yaml", "local"),
]


def check(promtool: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Return what promtool says."""
    argv = [promtool, "check", *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize(("file", "environment"), PLACES)
def test_rules_parse(promtool: str, tmp_path: Path, file: str, environment: str) -> None:
    """Of every environment, and of a rehearsal; with no rule twice."""
    platform = load(ROOT / file, environment)
    paths = []
    for each in monitoring.rules.render(platform, place(platform, environment)):
        paths.append(tmp_path / each.path.replace("/", "-"))
        paths[-1].write_text(each.content)
    done = check(promtool, "rules", "--lint=all", "--lint-fatal", *map(str, paths))
    assert 0 == done.returncode, done.stdout + done.stderr


def test_a_broken_rule_is_refused(promtool: str, rendered: Path, tmp_path: Path) -> None:
    """The checker is awake: a function that is not there, a template that is not closed."""
    text = (rendered / "rules/stores.yaml").read_text()
    for wrong in (text.replace("absent(", "abscent("), text.replace("$value |", "$valu |")):
        path = tmp_path / "broken.yaml"
        path.write_text(wrong)
        assert 0 != check(promtool, "rules", str(path)).returncode


def test_prometheus_takes_the_scrape_configuration(promtool: str, tmp_path: Path) -> None:
    """That of a run beside the platform, whose targets are those of the store."""
    (tmp_path / "ca.crt").write_text("")
    (tmp_path / "key").write_text("secret")
    targets = [
        {"job": "backend", "instance": "backend-1", "url": "http://127.0.0.1:9001/metrics"},
        {
            "job": "telemetry",
            "instance": "telemetry-1",
            "url": "https://127.0.0.1:9002/metrics",
            "authority": str(tmp_path / "ca.crt"),
            "key_file": str(tmp_path / "key"),
        },
    ]
    found = monitoring.scrape.config(targets, interval=5, rules=[], labels={"environment": "x"})
    path = tmp_path / "prometheus.yaml"
    path.write_text(json.dumps(found))
    done = check(promtool, "config", str(path))
    assert 0 == done.returncode, done.stdout + done.stderr
    path.write_text(json.dumps({**found, "scrape_config": []}))
    assert 0 != check(promtool, "config", str(path)).returncode
