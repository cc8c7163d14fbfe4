"""Whom Alertmanager tells of which alert, and what it leaves unsaid; asked of the real amtool."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from groundplan.model import alert

SINCE = "2020-01-01T00:00:00Z"
RECEIVERS = {"page": "pager", "ticket": "console", "none": "nobody"}


def ask(amtool: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Return what amtool says of a configuration."""
    return subprocess.run(
        [amtool, *words], capture_output=True, text=True, timeout=30, check=False
    )


@pytest.fixture
def file(rendered: Path) -> Path:
    """Return the configuration."""
    return rendered / "alertmanager/alertmanager.yaml"


def test_the_configuration_is_one(amtool: str, file: Path) -> None:
    """Alertmanager takes it."""
    done = ask(amtool, "check-config", str(file))
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        *((f"severity={severity} alertname={name}", RECEIVERS[severity])
          for name, severity in alert.SEVERITY.items()),
        ("severity=page alertname=AvailabilityBudgetBurn slo=api-availability", "pager"),
        ("severity=critical alertname=KubeAPIDown", "pager"),
        ("severity=warning alertname=KubePodCrashLooping", "console"),
        ("severity=info alertname=CPUThrottlingHigh", "nobody"),
        ("alertname=Unlabelled", "nobody"),
    ],
)  # fmt: skip
def test_every_alert_reaches_its_receiver(
    amtool: str, file: Path, labels: str, receiver: str
) -> None:
    """Pages reach the pager and the console, tickets the console, the rest nobody."""
    words = ("config", "routes", "test", f"--config.file={file}", *labels.split())
    done = ask(amtool, *words)
    assert (0, receiver) == (done.returncode, done.stdout.strip()), done.stderr


def test_a_route_to_nowhere_and_a_wrong_expectation_are_found(
    amtool: str, file: Path, tmp_path: Path
) -> None:
    """The checker is awake: a receiver that is not there, and a route that is another."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(file.read_text().replace("receiver: pager", "receiver: pagre"))
    assert 0 != ask(amtool, "check-config", str(broken)).returncode
    words = ("config", "routes", "test", f"--config.file={file}")
    wrong = ask(amtool, *words, "--verify.receivers=nobody", "severity=page")
    assert 0 != wrong.returncode


def test_pages_do_not_depend_on_what_may_be_down(file: Path) -> None:
    """The pager is told by Alertmanager itself, by an address that stands in no file of ours."""
    receivers = {each["name"]: each for each in yaml.safe_load(file.read_text())["receivers"]}
    assert {"name", "webhook_configs", "slack_configs"} == set(receivers["pager"])
    assert "api_url" not in receivers["pager"]["slack_configs"][0]
    assert {"name"} == set(receivers["nobody"])


@pytest.fixture
def said(amtool: str, file: Path, tmp_path: Path) -> Any:
    """Return what makes the pager's text of annotations, as Alertmanager does."""
    receivers = {each["name"]: each for each in yaml.safe_load(file.read_text())["receivers"]}
    text = receivers["pager"]["slack_configs"][0]["text"]

    def rendered(*annotations: dict[str, str]) -> str:
        common = {"status": "firing", "labels": {}, "startsAt": SINCE, "endsAt": SINCE}
        alerts = [{**common, "annotations": each} for each in annotations]
        (tmp_path / "data.json").write_text(json.dumps({"status": "firing", "alerts": alerts}))
        # It insists on a file of templates, though the text needs none.
        (tmp_path / "none.tmpl").write_text("")
        words = (f"--template.glob={tmp_path}/none.tmpl", f"--template.text={text}",
                 f"--template.data={tmp_path}/data.json")  # fmt: skip
        done = ask(amtool, "template", "render", *words)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    return rendered


def test_a_page_says_what_is_so_and_where_the_way_out_stands(said: Any, rendered: Path) -> None:
    """Who is woken needs no console for it: summary, description and runbook of every alert."""
    rules = yaml.safe_load((rendered / "rules/services.yaml").read_text())["groups"][0]["rules"]
    down = [each["annotations"] for each in rules if each["alert"] == "ServiceDown"][:2]
    blocks = said(*down).strip().split("\n\n")
    assert [
        f"{each['summary']}\n{each['description']}\ndocs/runbooks/ServiceDown.md" for each in down
    ] == blocks
    assert 2 == len(set(blocks))


def test_what_an_alert_of_others_lacks_leaves_no_gap(said: Any) -> None:
    """One without a runbook of ours is its summary alone."""
    assert "a node is gone" == said({"summary": "a node is gone"}).strip()
