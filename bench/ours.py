"""Our side: the platform as `./run up` starts it, with limits that the load does not reach.

Hands on the running stack and the ground (servers, keys, a signed-in caller) that the peer
shares with it.
"""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import psutil
import yaml

from bench import content, peer
from bench.scenario import LOGIN
from bench.stack import BenchError, Ground, Stack
from groundplan.targets.local.secret import OWNER

LIMIT_REQUESTS: Final = 1_000_000
LIMIT_SECONDS: Final = 60
SAMPLING: Final = "10%"
POOL_SIZE: Final = 4
"""Connections of one backend replica, on both sides."""
_TIER_OF_KIND: Final = {
    "static": "frontend",
    "gateway": "gateway",
    "authorization": "gateway",
    "backend": "backend",
    "database": "database",
    "cache": "cache",
}
_SHARED: Final = ("database", "cache")


def platform_for_bench(text: str, sampling: str = SAMPLING) -> str:
    """Return the platform file with limits and lifetimes that no round reaches."""
    document = yaml.safe_load(text)
    backend = document["services"]["backend"]
    backend["limits"]["requests"] = LIMIT_REQUESTS
    backend["database"]["poolSize"] = POOL_SIZE
    for route in backend["routes"]:
        if route["path"] == LOGIN.path:
            route["limit"]["requests"] = LIMIT_REQUESTS
    document["identity"]["accessToken"] = "15m"
    document["identity"]["idle"] = "2h"
    # As in a cluster: a machine that is looked at keeps every trace, one that is measured a tenth.
    document["environments"]["local"]["observability"]["traces"] = {"sampling": sampling}
    return yaml.safe_dump(document, sort_keys=False)


@contextmanager
def started(
    data: Path, port_base: int, sampling: str = SAMPLING
) -> Iterator[tuple[Stack, Ground]]:
    """Run the platform for as long as the block lasts."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "platform.yaml"
    file.write_text(platform_for_bench((peer.ROOT / "platform.yaml").read_text(), sampling))
    where = ["--data", str(data / "platform"), "--file", str(file)]
    try:
        _run("up", "--detach", "--port-base", str(port_base), *where)
        status = json.loads(_run("status", "--json", *where))
        tiers = _tiers(status)
        stack = Stack(
            name="ours",
            url=status["url"],
            tiers={tier: pids for tier, pids in tiers.items() if tier not in _SHARED},
        )
        ground = _ground(status, {tier: tiers[tier] for tier in _SHARED})
        password = (Path(status["data"]) / "secrets/database-owner-password").read_text()
        content.make_room(ground.database_url, OWNER, password.strip())
        content.fill(ground.database_url)
        yield stack, ground
    finally:
        _run("down", *where)


def status(data: Path) -> dict[str, Any]:
    """Return what `status --json` says of the platform that `started` runs in a folder."""
    found: dict[str, Any] = json.loads(_run("status", "--json", "--data", str(data / "platform")))
    return found


def _tiers(status: Mapping[str, Any]) -> dict[str, list[int]]:
    tiers: dict[str, list[int]] = {}
    for component in status["components"]:
        tier = _TIER_OF_KIND.get(component["kind"])
        if tier is not None and component["pid"]:
            tiers.setdefault(tier, []).append(component["pid"])
    return tiers


def _ground(status: Mapping[str, Any], shared: Mapping[str, list[int]]) -> Ground:
    """Read what the backend was told, so that the peer is told the same."""
    backend = next(c for c in status["components"] if c["kind"] == "backend")
    told = psutil.Process(backend["pid"]).environ()
    url, credentials = status["url"], Path(status["credentials_file"]).read_text()
    return Ground(
        database_url=_setting(told, "DATABASE_URL"),
        redis_url=_setting(told, "REDIS_URL"),
        jwks=httpx.get(f"{url}/api/v1/identity/jwks").raise_for_status().text,
        issuer=told["ISSUER"],
        audience=told["AUDIENCE"],
        token=sign_in(url, credentials),
        credentials=credentials,
        pool_size=int(told["DATABASE_POOL_SIZE"]),
        limit_requests=LIMIT_REQUESTS,
        limit_seconds=LIMIT_SECONDS,
        shared=shared,
    )


def _setting(told: Mapping[str, str], name: str) -> str:
    file = told.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else told[name]


def sign_in(url: str, credentials: str) -> str:
    """Return the access token of a new session."""
    answer = httpx.post(url + LOGIN.path, json=json.loads(credentials), timeout=10)
    return str(answer.raise_for_status().json()["access_token"])


def _run(*words: str) -> str:
    done = subprocess.run(
        [str(peer.ROOT / "run"), *words],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"./run {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
