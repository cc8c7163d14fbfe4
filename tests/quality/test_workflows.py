"""Workflows and Dockerfiles have no fault that actionlint, zizmor, hadolint or checkov knows."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from groundplan.targets.kubernetes import observability
from groundplan.tools import environment

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yaml"))
DOCKERFILES = sorted(
    path for path in (ROOT / "services").rglob("Dockerfile") if "node_modules" not in path.parts
)
PINNED = re.compile(r"^\s*(?:- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
EVENT = "${{ github.event.pull_request.title }}"
INJECTED = f"""
name: faulty
on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-24.04
    needs: nobody
    steps:
      - uses: actions/checkout@v4
      - run: echo "{EVENT}"
"""
FAULTY_IMAGE = """
FROM debian:latest
RUN cd /tmp && apt-get install curl
"""


def run(*words: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Return what a linter of this environment says of a folder."""
    program, *rest = words
    return subprocess.run(
        [PROGRAMS / program, *rest],
        cwd=folder,
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return a repository whose workflow and Dockerfile have faults."""
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/faulty.yaml").write_text(INJECTED)
    (tmp_path / "Dockerfile").write_text(FAULTY_IMAGE)
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_actionlint_finds_no_fault() -> None:
    """GitHub would read every workflow as it is meant; all of them were read."""
    done = run("actionlint", "-verbose", *WORKFLOWS)
    assert 0 == done.returncode, done.stdout
    read = re.findall(r"Found total 0 errors in .* for (\S+)", done.stderr)
    assert sorted(map(_shown, WORKFLOWS)) == sorted(read)


def test_actionlint_finds_a_planted_fault(faulty: Path) -> None:
    """Negative control: a need of a job that is not there, and a title run as a command."""
    found = run("actionlint", folder=faulty).stdout
    assert "nobody" in found
    assert "potentially untrusted" in found


def test_zizmor_finds_no_danger() -> None:
    """Nothing in a workflow can be misused; all of them were read."""
    done = run("zizmor", "--offline", "--no-progress", ".github")
    assert 0 == done.returncode, done.stdout
    assert [] == [
        path.name for path in WORKFLOWS if f"completed {_shown(path)}" not in done.stderr
    ]


def test_zizmor_finds_a_planted_danger(faulty: Path) -> None:
    """Negative control: a stranger's title run as a command, with a token that may write."""
    found = run("zizmor", "--offline", "--no-progress", ".github", folder=faulty).stdout
    assert {"template-injection", "unpinned-uses"} <= set(re.findall(r"\[([a-z-]+)\]", found))


def test_hadolint_finds_no_fault() -> None:
    """Each Dockerfile is as its rules ask; there are four."""
    assert len(DOCKERFILES) == 4
    done = run("hadolint", *DOCKERFILES)
    assert (0, "") == (done.returncode, done.stdout)


def test_hadolint_finds_a_planted_fault(faulty: Path) -> None:
    """Negative control: a base that moves, and packages without a version."""
    found = run("hadolint", "Dockerfile", folder=faulty).stdout
    assert {"DL3007", "DL3008"} <= set(re.findall(r"DL\d{4}", found))


@pytest.fixture(scope="module")
def checkov() -> list[str]:
    """Return checkov's command, from an environment of its own that is made on first use."""
    return [str(environment.python("scan")), "-m", "checkov.main"]


def scan(checkov: list[str], framework: str, *what: str | Path, folder: Path) -> dict[str, Any]:
    """Return what checkov finds of one kind."""
    words = ["--framework", framework, "--skip-download", "--compact", "-o", "json", *what]
    done = subprocess.run(
        [*checkov, *words],
        cwd=folder,
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _failed(found: dict[str, Any]) -> list[str]:
    return [
        f"{each['check_id']} {each['file_path']}" for each in found["results"]["failed_checks"]
    ]


def test_checkov_passes_the_dockerfiles(checkov: list[str]) -> None:
    """None of its rules fails, none is skipped, and every Dockerfile was read."""
    files = [word for path in DOCKERFILES for word in ("-f", path)]
    found = scan(checkov, "dockerfile", *files, folder=ROOT)
    assert [] == _failed(found)
    assert (0, 0) == (found["summary"]["skipped"], found["summary"]["parsing_errors"])
    assert found["summary"]["passed"] > 100


def test_checkov_passes_the_workflows(checkov: list[str]) -> None:
    """None of its rules fails, none is skipped, and the passed ones are counted."""
    found = scan(checkov, "github_actions", "-d", ".", folder=ROOT)
    assert [] == _failed(found)
    assert (0, 0) == (found["summary"]["skipped"], found["summary"]["parsing_errors"])
    assert found["summary"]["passed"] > 100


def test_checkov_finds_planted_faults(checkov: list[str], faulty: Path) -> None:
    """Negative control: an image of root's, and a title run as a command."""
    image = scan(checkov, "dockerfile", "-d", ".", folder=faulty)
    assert {"CKV_DOCKER_3", "CKV_DOCKER_7"} <= {text.split()[0] for text in _failed(image)}
    workflow = scan(checkov, "github_actions", "-d", ".", folder=faulty)
    assert "CKV_GHA_2" in {text.split()[0] for text in _failed(workflow)}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_bound(path: Path) -> None:
    """Actions are pinned by commit; jobs have a limit and say what they may do."""
    lines = [
        line for line in path.read_text().splitlines() if " uses: " in line or "- uses:" in line
    ]
    assert lines
    assert [] == [line for line in lines if not PINNED.match(line)]
    workflow = yaml.safe_load(path.read_text())
    assert {} == workflow["permissions"]
    jobs = workflow["jobs"].values()
    assert [] == [job for job in jobs if not {"timeout-minutes", "permissions"} <= job.keys()]
    assert "concurrency" in workflow or all("concurrency" in job for job in jobs)
    checkouts = [
        step
        for job in jobs
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert [] == [each for each in checkouts if each["with"]["persist-credentials"] is not False]


def test_what_workflows_run_is_there() -> None:
    """Every script that a workflow runs exists and may be run."""
    named = {
        script
        for path in WORKFLOWS
        for script in re.findall(r"run: (\.github/scripts/\S+)", path.read_text())
    }
    assert named
    assert [] == [script for script in named if not os.access(ROOT / script, os.X_OK)]


def test_deliveries_are_watched_through_the_prometheus_that_is_there() -> None:
    """Where no other Service is named, workflows and their guide name the one that is rendered."""
    workflow = (ROOT / ".github/workflows/deploy.yaml").read_text()
    guide = (ROOT / "docs/how-to/ci.md").read_text()
    defaults = re.findall(r"vars\.PROMETHEUS_SERVICE \|\| '([^']*)'", workflow)
    told = re.findall(r"`PROMETHEUS_SERVICE` .*`([^`]+)` where not set", guide)
    by_hand = re.findall(r"port-forward service/(\S+) 9090:9090", guide)
    assert (2, 1, 1) == (len(defaults), len(told), len(by_hand))
    assert {observability.PROMETHEUS} == {*defaults, *told, *by_hand}


THERE = {"chromium", "postgresql-15"}
"""GitHub's Ubuntu has the first, and the second in a later version."""


def test_what_tests_need_is_installed_before_they_run() -> None:
    """The jobs that run tests install what `.ci/run` does, but for what the runner has."""
    wanted, installed = (
        _packages(ROOT / name) for name in (".ci/run", ".github/scripts/prepare.sh")
    )
    assert len(wanted) > 5
    assert wanted - THERE == installed
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yaml").read_text())["jobs"]
    runs = [[step.get("run", "") for step in job["steps"]] for job in jobs.values()]
    tested = [words for words in runs if words[-1].startswith("./run test")]
    assert 2 == len(tested)
    assert {".github/scripts/prepare.sh"} == {words[-2] for words in tested}


def _packages(script: Path) -> set[str]:
    """Return what a script has apt-get install."""
    text = script.read_text().replace("\\\n", " ")
    (words,) = re.findall(r"apt-get install(.*?)>/dev/null", text)
    return {word for word in words.split() if not word.startswith("-")}


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
