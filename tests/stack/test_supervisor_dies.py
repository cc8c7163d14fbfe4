"""The supervisor is only a process: killed, it leaves the platform running."""

import os
import signal

import httpx
from stack import Stack


def test_up_again_finds_what_runs(ready: Stack) -> None:
    """After `kill -9` of the supervisor the API answers, and `up` adopts, doubling nothing."""
    before = {(c["name"], c["replica"]): c["pid"] for c in ready.status()["components"]}
    url = ready.url
    os.kill(ready.supervisor(), signal.SIGKILL)
    assert httpx.get(f"{url}/healthz/live").status_code == 200
    again = ready.up()
    assert again.returncode == 0, again.stderr
    after = {(c["name"], c["replica"]): c["pid"] for c in ready.status()["components"]}
    assert url == ready.url
    assert {k: p for k, p in before.items() if k[0] != "frontend"} == {
        k: p for k, p in after.items() if k[0] != "frontend"
    }


def test_up_twice_does_no_work_twice(ready: Stack) -> None:
    """`up` on a running platform says its URL and starts nothing."""
    before = [component["pid"] for component in ready.status()["components"]]
    again = ready.up()
    assert again.returncode == 0
    assert again.stdout.strip().splitlines()[-1] == ready.status()["url"]
    assert before == [component["pid"] for component in ready.status()["components"]]
