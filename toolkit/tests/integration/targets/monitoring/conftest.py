"""The real promtool and amtool, and what is rendered for the reference's cluster."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from groundplan.cli.render import place
from groundplan.loader import load
from groundplan.targets import monitoring

ROOT = Path(__file__).resolve().parents[5]
Judge = Callable[..., str]
FIRING = 'sum by (alertname, severity) (ALERTS{alertstate="firing"}) > bool 0'


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
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the monitoring of the reference in production; return the folder."""
    folder = tmp_path_factory.mktemp("monitoring")
    platform = load(ROOT / "platform.yaml", "prod")
    for file in monitoring.render(platform, place(platform, "prod")):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    return folder


@pytest.fixture
def judge(promtool: str, rendered: Path, tmp_path: Path) -> Judge:
    """Return what compares alerts that fire with expected ones, minute by minute.

    Takes series by name, by minute the alerts as `name/severity`, and which files of rules to
    ask; says what differs, nothing where all is as expected.
    """

    def judged(
        series: Mapping[str, str], expected: Mapping[float, set[str]], files: str = "*"
    ) -> str:
        test = {
            "rule_files": [str(path) for path in sorted(rendered.glob(f"rules/{files}.yaml"))],
            "evaluation_interval": "30s",
            "tests": [
                {
                    "interval": "30s",
                    "input_series": [
                        {"series": name, "values": values} for name, values in series.items()
                    ],
                    "promql_expr_test": [
                        {
                            "expr": FIRING,
                            "eval_time": f"{round(minute * 60)}s",
                            "exp_samples": [_sample(each) for each in sorted(alerts)],
                        }
                        for minute, alerts in expected.items()
                    ],
                }
            ],
        }
        path = tmp_path / "test.yaml"
        path.write_text(json.dumps(test))
        argv = [promtool, "test", "rules", str(path)]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return judged


def _sample(alert: str) -> dict[str, object]:
    name, _, severity = alert.partition("/")
    return {"labels": f'{{alertname="{name}", severity="{severity}"}}', "value": 1}
