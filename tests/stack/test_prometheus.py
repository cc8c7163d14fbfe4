"""`./run up --prometheus`: a real Prometheus sees what the store sees, and comes to its judgement.

One platform of its own, encrypted, with the times of its alerts divided by 40.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from stack import Stack
from steady import eventually
from watched import Watched

FILE = Path(__file__).with_name("faults.yaml")
EVERYTHING = 'count by (__name__, job) ({__name__!~"scrape_.*|ALERTS.*", job!=""})'
OWN = {"scrape_samples_post_metric_relabeling", "scrape_series_added"}
Ask = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Start the platform with a Prometheus beside it."""
    if not shutil.which("prometheus"):
        pytest.skip("needs prometheus on PATH: apt-get install prometheus")
    stack = Stack(tmp_path_factory.mktemp("beside"), FILE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GROUNDPLAN_STACK_TLS", "1")
        try:
            started = stack.up("--port-base", "19280", "--tls", "--prometheus")
            for name, value in stack.trust().items():
                patched.setenv(name, value)
            assert 0 == started.returncode, started.stderr
            yield Watched(stack)
        finally:
            stack.run("down")


@pytest.fixture
async def prometheus(watched: Watched) -> Ask:
    """Return what asks the real one."""
    (found,) = await asyncio.to_thread(watched.stack.components, "prometheus")

    async def ask(path: str, **query: str) -> Any:
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                url = f"http://127.0.0.1:{found['port']}/api/v1/{path}"
                return (await client.get(url, params=query)).json()["data"]
        except (httpx.HTTPError, ValueError):
            return {}

    return ask


async def test_it_is_a_component_beside_others(watched: Watched) -> None:
    """`status` shows it with its version, and where it comes from."""

    async def is_ready() -> bool:
        (found,) = await asyncio.to_thread(watched.stack.components, "prometheus")
        return bool(found["state"] == "ready" and "from PATH" in found["detail"])

    await eventually(is_ready, 60, "Prometheus is ready")


async def test_it_sees_what_the_store_sees(watched: Watched, prometheus: Ask) -> None:
    """Every target is up in both, every rule can be evaluated, and both know the same metrics."""

    async def names(ask: Ask) -> set[tuple[str, str]]:
        found = (await ask("query", query=EVERYTHING)).get("result", [])
        return {(each["metric"]["__name__"], each["metric"]["job"]) for each in found}

    async def agree() -> bool:
        theirs, ours = await names(prometheus), await names(watched.ask)
        return bool(theirs) and {each for each in theirs if each[0] not in OWN} == ours

    await eventually(agree, 60, "both know the same metrics")

    async def all_up() -> bool:
        targets = (await prometheus("targets")).get("activeTargets", [])
        return bool(targets) and {"up"} == {each["health"] for each in targets}

    async def all_evaluated() -> bool:
        found = [await ask("rules") for ask in (prometheus, watched.ask)]
        rules = [[r for g in each.get("groups", []) for r in g["rules"]] for each in found]
        return all(
            len(each) > 30 and "err" not in {rule["health"] for rule in each} for each in rules
        )

    await eventually(all_up, 30, "every target is up")
    await eventually(all_evaluated, 30, "every rule is evaluated by both")


async def test_both_come_to_the_same_judgement(watched: Watched, prometheus: Ask) -> None:
    """An alert of ours fires in the real one too when the cache is gone, and ends with it."""

    async def firing(ask: Ask) -> bool:
        alerts = (await ask("alerts")).get("alerts", [])
        return any(
            each["labels"]["alertname"] == "CacheDown" and each["state"] == "firing"
            for each in alerts
        )

    async def both() -> bool:
        return await firing(prometheus) and await firing(watched.ask)

    async def neither() -> bool:
        return not await firing(prometheus) and not await firing(watched.ask)

    await eventually(neither, 30, "none of them tells of the cache")
    pids = await asyncio.to_thread(watched.stack.pids, "cache")
    with watched.killed(pids):
        await eventually(both, 20, "both tell of it")
    await eventually(neither, 30, "both say it is over")
