"""The real promtool and amtool, and what is rendered for the reference's cluster."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.targets import monitoring

ROOT = Path(__file__).resolve().parents[5]
Judge = Callable[..., str]
Holds = Callable[..., bool]
Render = Callable[[str], Path]
FIRING = (
    'sum by (alertname, severity) (ALERTS{alertstate="firing",alertname!="Watchdog"}) > bool 0'
)
SHOP = """
extends: reference
name: groundplan
services:
  shop: {kind: service, run: {command: [serve]}, routes: [/api/shop]}
"""
"""A service that gives no metrics: only the gateway knows how it is."""


def tool(name: str, package: str) -> str:
    """Return a program's path; skip where it is not there."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}: apt-get install {package}")
    return found


@pytest.fixture(scope="session")
def promtool() -> str:
    """Return promtool's path."""
    return tool("promtool", "prometheus")


@pytest.fixture(scope="session")
def amtool() -> str:
    """Return amtool's path."""
    return tool("amtool", "prometheus-alertmanager")


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Return what writes the monitoring of the reference and a shop in an environment."""

    def written(environment: str) -> Path:
        folder = tmp_path_factory.mktemp("monitoring")
        source = folder / "platform.yaml"
        source.write_text(SHOP)
        platform = load(source, environment)
        for file in monitoring.render(platform, place(platform, environment)):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content)
        return folder

    return written


@pytest.fixture(scope="session")
def rendered(render: Render) -> Path:
    """Return the folder of production's; a module about another environment has its own."""
    return render("prod")


@pytest.fixture
def judge(promtool: str, rendered: Path, tmp_path: Path) -> Judge:
    """Return what compares alerts that fire with expected ones, minute by minute.

    Takes series by name, by minute the alerts as `name/severity`, and which files of rules to
    ask; says what differs, nothing where all is as expected.
    """

    def judged(
        series: Mapping[str, str], expected: Mapping[float, set[str]], files: str = "*"
    ) -> str:
        asked = [
            (FIRING, minute, [_sample(each) for each in sorted(alerts)])
            for minute, alerts in expected.items()
        ]
        rules = sorted(rendered.glob(f"rules/{files}.yaml"))
        return _ask(promtool, tmp_path / "test.yaml", rules, series, asked)

    return judged


@pytest.fixture
def holds(promtool: str, rendered: Path, tmp_path: Path) -> Holds:
    """Return what tells whether expressions have a result, each at its minute, or none at all.

    Takes series by name, minutes by expression, which files of rules record for them, and whether
    there must be results.
    """

    def held(
        series: Mapping[str, str], asked: Mapping[str, float], files: str, *, wanted: bool
    ) -> bool:
        one = [{"labels": "{}", "value": 1}] if wanted else []
        rules = sorted(rendered.glob(f"rules/{files}.yaml"))
        tests = [(f"count({each}) > bool 0", minute, one) for each, minute in asked.items()]
        return "" == _ask(promtool, tmp_path / "holds.yaml", rules, series, tests)

    return held


def _ask(
    promtool: str,
    path: Path,
    rules: Sequence[Path],
    series: Mapping[str, str],
    asked: Sequence[tuple[str, float, list[dict[str, object]]]],
) -> str:
    """Return what differs from what must be answered at each minute; nothing if nothing does."""
    inputs = [{"series": name, "values": values} for name, values in series.items()]
    tests = [
        {"expr": expression, "eval_time": f"{round(minute * 60)}s", "exp_samples": samples}
        for expression, minute, samples in asked
    ]
    one = {"interval": "30s", "input_series": inputs, "promql_expr_test": tests}
    test = {"rule_files": list(map(str, rules)), "evaluation_interval": "30s", "tests": [one]}
    path.write_text(json.dumps(test))
    argv = [promtool, "test", "rules", str(path)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _sample(alert: str) -> dict[str, object]:
    name, _, severity = alert.partition("/")
    return {"labels": f'{{alertname="{name}", severity="{severity}"}}', "value": 1}
