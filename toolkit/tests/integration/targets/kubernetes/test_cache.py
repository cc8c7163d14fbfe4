"""The rendered redis.conf and the rendered probes, with a real server.

Only addresses and folders differ. This machine's Redis may speak no TLS, so the settings are
those of a platform that is not encrypted.
"""

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan import loader
from groundplan.loader import extend
from groundplan.model import placement
from groundplan.model.platform import CACHE, STORES
from groundplan.model.setting import MOUNTED_SECRETS
from groundplan.targets.kubernetes import cache, redis, secret
from groundplan.targets.kubernetes.object import plain
from groundplan.tools import redis as program

PASSWORD = "correct horse: battery"
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class _Cache:
    """A Redis with the rendered settings."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.programs = folder / "bin"
        self.programs.mkdir()
        server = Path(program.find().path)
        (self.programs / "redis-cli").symlink_to(server.with_name("redis-cli"))
        self.server = server
        self.running: subprocess.Popen[bytes] | None = None
        platform = loader.load(extend.REFERENCE, "prod")
        placed = placement.in_kubernetes(
            (*platform.services, *STORES),
            namespace=platform.name,
            domain=platform.domain,
            environment="prod",
            encrypted=False,
        )
        found = [plain(each) for each in cache.objects(platform, placed)[CACHE]]
        pods = found[0]["spec"]["template"]["spec"]
        self.probe = pods["containers"][0]["readinessProbe"]["exec"]["command"]
        self.settings = found[3]["data"]["redis.conf"]
        users = plain(secret.objects(platform, placed)[CACHE][0])
        self.users = users["spec"]["target"]["template"]["data"]["users.acl"]

    def start(self) -> None:
        """Start the server, as the container does."""
        digest = hashlib.sha256(PASSWORD.encode()).hexdigest()
        users = self.users.replace("{{ .cache_password | sha256sum }}", digest)
        (self.folder / "users.acl").write_text(users)
        settings = self.folder / "redis.conf"
        settings.write_text(
            self.settings.replace(MOUNTED_SECRETS, str(self.folder))
            .replace(f'"{redis.DATA_FOLDER}"', f'"{self.folder}"')
            .replace("bind *", "bind 127.0.0.1")
            .replace("port 6379", f"port {self.port}")
        )
        self.running = subprocess.Popen(
            [self.server, settings], stdout=subprocess.DEVNULL, preexec_fn=_die_with_parent
        )
        deadline = time.monotonic() + 20
        while not self.answers():
            assert self.running.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """Tell the server to end, as the kubelet does."""
        if self.running:
            self.running.terminate()
            self.running.wait(20)

    def answers(self) -> bool:
        """Run the rendered probe."""
        program, flag, words = self.probe
        words = words.replace("-p 6379", f"-p {self.port}")
        path = f"{self.programs}:{os.environ['PATH']}"
        done = subprocess.run([program, flag, words], env={"PATH": path}, timeout=10, check=False)
        return done.returncode == 0

    def ask(self, *words: str, user: str = "default", password: str = PASSWORD) -> str:
        """Ask the server something as a user."""
        head = ["redis-cli", "-p", str(self.port), "--user", user, "--no-auth-warning"]
        done = subprocess.run(
            [self.programs / head[0], *head[1:], *words],
            env={"REDISCLI_AUTH": password, "PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=10,
            check=False,
        )
        return done.stdout.strip()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[_Cache]:
    """Return a running cache, and end it."""
    made = _Cache(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_probes_tell_who_answers(running: _Cache) -> None:
    """The probe says yes while Redis answers, and no when it has ended."""
    assert running.answers()
    running.stop()
    assert not running.answers()


def test_the_user_of_probes_may_only_be_answered(running: _Cache) -> None:
    """Whoever knows no password reads nothing."""
    running.ask("SET", "a", "1")
    assert "NOPERM" in running.ask("GET", "a", user=redis.PROBE_USER, password="none")
    assert "NOPERM" in running.ask("INFO", user=redis.PROBE_USER, password="none")


def test_services_need_the_password_and_cannot_empty_the_cache(running: _Cache) -> None:
    """The password of the Secret opens it; what empties or reconfigures is refused."""
    assert "OK" == running.ask("SET", "a", "1")
    assert "WRONGPASS" in running.ask("GET", "a", password="guessed")
    for words in (("FLUSHALL",), ("CONFIG", "GET", "*"), ("SHUTDOWN",)):
        assert "NOPERM" in running.ask(*words)


def test_a_new_pod_finds_what_the_last_one_wrote(running: _Cache) -> None:
    """What was written is there after the server was replaced on the same disk."""
    running.ask("SET", "session", "kept")
    running.stop()
    running.start()
    assert "kept" == running.ask("GET", "session")
