"""What rules and dashboards ask for is there, in what the running platform shows."""

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from asked import metrics
from signals import Store
from stack import People, Stack
from steady import eventually

from groundplan.loader import load
from groundplan.targets.monitoring import dashboards

ROOT = Path(__file__).resolve().parents[2]
RARE = {
    "deployments_total",
    "groundplan_telemetry_dropped_records_total",
    "uploads_total",
    "webhook_deliveries_total",
}
"""Come with the first event of their kind."""
HERE = ("envoy", "node-exporter", "postgres-exporter", "redis-exporter")
"""Programs of others that run here, or whose figures the store shows in their place."""
GRAFANA = {"$__rate_interval": "5m", "$__range": "1h", "$__interval": "1m"}
LONG = "objectives-long"
"""Is looked at once a minute."""


def ask(stack: Stack, path: str) -> Any:
    """Return what the store of signals answers."""
    return Store(stack).get(f"/api/v1/{path}")["data"]


@pytest.fixture
def groups(ready: Stack, signed_in: People) -> list[dict[str, Any]]:
    """Return the rules that the store evaluates, after somebody has used the platform."""
    headers = signed_in.headers("viewer")
    httpx.get(f"{ready.url}/api/v1/catalog/services", headers=headers).raise_for_status()
    return list(ask(ready, "rules")["groups"])


async def test_every_metric_of_a_rule_is_shown(ready: Stack, groups: list[dict[str, Any]]) -> None:
    """Scraped from the running services; none is misspelt, none was renamed behind our back."""
    rules = [rule for group in groups for rule in group["rules"]]
    recorded = {rule["name"] for rule in rules if rule["type"] == "recording"}
    wanted = {name for rule in rules for name in metrics(rule["query"])} - recorded - RARE
    assert len(wanted) > 20

    def all_shown() -> bool:
        return wanted <= set(ask(ready, "label/__name__/values"))

    await eventually(all_shown, 20, f"{sorted(wanted)} are shown")


async def test_every_metric_of_a_dashboard_is_shown(
    ready: Stack, groups: list[dict[str, Any]]
) -> None:
    """All that one machine can show: what only a cluster has is left out."""
    wanted = (_of_dashboards() & _known_here()) - RARE
    assert len(wanted) > 60

    def missing() -> set[str]:
        return wanted - set(ask(ready, "label/__name__/values"))

    await eventually(lambda: set() == missing(), 20, f"{sorted(missing())} are shown")


def _of_dashboards() -> set[str]:
    found = set()
    for board in dashboards.boards(load(ROOT / "platform.yaml", "local")):
        for panel in (panel for row in board.rows for panel in row.panels):
            for question, _ in panel.asked if panel.sort != "text" else ():
                for variable, value in GRAFANA.items():
                    question = question.replace(variable, value)
                found |= metrics(question)
    return found


def _known_here() -> set[str]:
    listed = yaml.safe_load((ROOT / "services/contracts/signals.yaml").read_text())["metrics"]
    ends = ("", "_bucket", "_count", "_sum")
    found = {f"{name}{end}" for name in listed for end in ends}
    for program in HERE:
        found |= set((ROOT / f"toolkit/tests/metrics/{program}.txt").read_text().split("\n"))
    return found


async def test_every_rule_is_evaluated(ready: Stack, groups: list[dict[str, Any]]) -> None:
    """The store understands them all."""
    assert {"objectives", "services", "stores", "machines", "telemetry"} <= {
        group["name"] for group in groups
    }

    def trouble() -> set[object]:
        found = ask(ready, "rules")["groups"]
        return {
            (group["name"], rule["name"], rule.get("lastError"))
            for group in found
            for rule in group["rules"]
            if rule["health"] == "err" or (rule["health"] != "ok" and group["name"] != LONG)
        }

    await eventually(lambda: set() == trouble(), 20, "all rules are well")
