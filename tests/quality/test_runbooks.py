"""Every alert has a runbook: what is felt, what to look at, how out of it, and its drill."""

import re
from pathlib import Path

import pytest
import yaml

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.model import alert
from groundplan.targets.monitoring import dashboards, rules

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/runbooks"
PARTS = ["Symptoms", "Checks", "Fixes", "Drill"]
SCENE = re.compile(r'[Ss]cenes? ("[^.]*?")\s+of', re.DOTALL)
FAULT = re.compile(r"Fault `(\w+)`")
TEST = re.compile(r"Test `(\w+)`")
DASHBOARD = re.compile(r"Dashboard `([^`]+)`")
SIMULATED = ROOT / "toolkit/tests/integration/targets/monitoring"


def faults_of(text: str) -> list[str]:
    """Return what a runbook lacks."""
    lacking = [part for part in PARTS if not re.search(rf"^## {part}\n\S", text, re.MULTILINE)]
    if not re.search(r"^(Page|Ticket|Nobody)[ .]", text, re.MULTILINE):
        lacking.append("severity")
    if not DASHBOARD.search(text):
        lacking.append("dashboard")
    return lacking


@pytest.mark.parametrize("name", alert.NAMES)
def test_every_alert_has_its_runbook(name: str) -> None:
    """Whole, and at the path that the alert's annotation says."""
    text = (ROOT / alert.runbook(name)).read_text()
    assert text.startswith(f"# {name}\n")
    assert [] == faults_of(text)


def test_no_runbook_is_about_an_alert_that_is_gone() -> None:
    """Each page has its alert; the list of them names all."""
    pages = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    assert set(alert.NAMES) == pages
    listed = (FOLDER / "README.md").read_text()
    assert [] == [name for name in pages if f"({name}.md)" not in listed]


@pytest.mark.parametrize("name", alert.NAMES)
def test_the_severity_is_that_of_the_rule(name: str) -> None:
    """A page that says ticket would be read too late."""
    text = (ROOT / alert.runbook(name)).read_text()
    said = re.findall(r"^(Page|Ticket|Nobody)\b", text, re.MULTILINE)[0].lower()
    both = "BudgetBurn" in name
    expected = "page" if both else alert.SEVERITY[name].value
    assert said == {"none": "nobody"}.get(expected, expected)


@pytest.mark.parametrize("name", alert.NAMES)
def test_the_drill_is_one_that_runs(name: str) -> None:
    """It names scenes or a test in simulated time, or a fault of the file's catalogue."""
    text = (ROOT / alert.runbook(name)).read_text().partition("## Drill")[2]
    scenes = [title for found in SCENE.findall(text) for title in re.findall(r'"([^"]*)"', found)]
    catalogue = yaml.safe_load((ROOT / "platform.yaml").read_text())["objectives"]["faults"]
    tested = "".join(
        (SIMULATED / f"test_{each}.py").read_text() for each in ("alerts", "local_alerts")
    )
    faults, tests = FAULT.findall(text), TEST.findall(text)
    assert scenes or faults or tests
    assert [] == [test for test in tests if f"def {test}(" not in tested]
    assert [] == [" ".join(s.split()) for s in scenes if f'"{" ".join(s.split())}' not in tested]
    assert [] == [fault for fault in faults if fault not in catalogue]


@pytest.fixture(scope="module")
def shown() -> dict[str, set[str]]:
    """Return the titles of the dashboards that alerts name, by the alert's name."""
    found: dict[str, set[str]] = {}
    for environment in ("local", "prod"):
        platform = load(ROOT / "platform.yaml", environment)
        titles = {board.uid: board.title for board in dashboards.boards(platform)}
        for each in rules.alerts(platform, place(platform, environment)):
            found.setdefault(each.name, set()).add(titles[each.dashboard])
    return found


@pytest.mark.parametrize("name", alert.NAMES)
def test_the_dashboard_is_called_what_people_see(name: str, shown: dict[str, set[str]]) -> None:
    """By the title in Grafana, not by the word in its address; one, and the alert's own."""
    text = (ROOT / alert.runbook(name)).read_text()
    assert sorted(shown[name]) == DASHBOARD.findall(text)


def test_a_poor_runbook_is_found() -> None:
    """The checker is awake."""
    assert [*PARTS[2:], "severity", "dashboard"] == faults_of(
        "# X\n## Symptoms\na\n## Checks\nb\n"
    )
