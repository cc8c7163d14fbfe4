"""The cache's copy and its proof, by the very scripts of the rendered cron jobs.

They run here against a real server with the rendered settings and users; only addresses and
folders differ. Where this machine's Redis speaks TLS, all of it is encrypted; that of the wheel
does not.
"""

import ctypes
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from groundplan import loader
from groundplan.loader import extend
from groundplan.model import flow, placement
from groundplan.model.platform import CACHE, STORES
from groundplan.runner import certificate
from groundplan.targets.kubernetes import redis as cluster_redis
from groundplan.targets.kubernetes import secret, snapshot
from groundplan.targets.kubernetes.object import plain
from groundplan.tools import redis

PASSWORD = "correct horse: battery"
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Cache:
    """A running cache with rendered users, and the folder of its copies."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.copies, self.work = folder / "copies", folder / "work"
        self.programs = folder / "bin"
        for each in (self.copies, self.work, self.programs, folder / "secrets"):
            each.mkdir()
        self._programs()
        self.encrypted = redis.speaks_tls(redis.find())
        platform = loader.load(extend.REFERENCE, "prod")
        placed = placement.in_kubernetes(
            (*platform.services, *STORES),
            namespace=platform.name,
            domain=platform.domain,
            environment="prod",
            encrypted=self.encrypted,
        )
        self.rendered = [plain(each) for each in snapshot.objects(platform, placed)]
        self.users = plain(secret.objects(platform, placed)[CACHE][0])
        self.settings = cluster_redis.settings(platform, placed)

    def _programs(self) -> None:
        """Put the server, its client and its checker side by side, as the image has them."""
        server = Path(redis.find().path)
        for name, program in (
            ("redis-server", server),
            ("redis-check-rdb", server),
            ("redis-cli", server.with_name("redis-cli")),
        ):
            (self.programs / name).symlink_to(program)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server with the users that the Secret would hold."""
        template = self.users["spec"]["target"]["template"]["data"]["users.acl"]
        digest = hashlib.sha256(PASSWORD.encode()).hexdigest()
        users = template.replace("{{ .cache_password | sha256sum }}", digest)
        (self.folder / "secrets" / "users.acl").write_text(users)
        (self.folder / "secrets" / "password").write_text(PASSWORD)
        certificate.provide(self.folder, [CACHE])
        (self.folder / "data").mkdir()
        settings = self.folder / "redis.conf"
        settings.write_text(self._here(self.settings))
        argv = [str(self.programs / "redis-server"), str(settings)]
        server = subprocess.Popen(argv, stdout=subprocess.DEVNULL, preexec_fn=_die_with_parent)
        deadline = time.monotonic() + 20
        while self.ask("PING") != "PONG":
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        return server

    def ask(self, *words: str, user: str = "default") -> str:
        """Ask the server one question and return its words."""
        argv = [str(self.programs / "redis-cli"), "-p", str(self.port), "--user", user]
        argv += ["--pass", PASSWORD, "--no-auth-warning"]
        argv += ["--tls", "--cacert", str(self.folder / "ca.crt")] * self.encrypted
        argv += words
        return subprocess.run(argv, capture_output=True, text=True, check=False).stdout.strip()

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a rendered cron job, its folders and addresses replaced."""
        (found,) = [
            each
            for each in self.rendered
            if (each["kind"], each["metadata"]["name"]) == ("CronJob", name)
        ]
        pod = found["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        script = self._here(pod["containers"][0]["command"][2])
        return subprocess.run(
            ["sh", "-c", script],
            env={"PATH": f"{self.programs}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            preexec_fn=_die_with_parent,
        )

    def _here(self, text: str) -> str:
        """Return a text that names this test's folders and port, and no other address."""
        folders = {
            "/tmp/": f"{self.work}/",
            snapshot.FOLDER: str(self.copies),
            "/etc/groundplan/secrets": str(self.folder / "secrets"),
            "/etc/groundplan/tls": str(self.folder / CACHE),
            '"/data"': f'"{self.folder}/data"',
            "cache.groundplan.svc.cluster.local": "127.0.0.1",
            "bind *": "bind 127.0.0.1",
            "6379": str(self.port),
        }
        for before, after in folders.items():
            text = text.replace(before, after)
        return text

    def newest(self) -> Path:
        """Return the newest copy."""
        return max(self.copies.glob("cache-*.rdb"))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[_Cache]:
    """A running cache with forty keys, in two of its numbered databases."""
    made = _Cache(tmp_path)
    server = made.start()
    for number in range(40):
        made.ask("-n", str(number % 2), "SET", f"session:{number}", "x" * 100)
    yield made
    server.kill()
    server.wait()


def test_a_copy_is_made_and_proved(cache: _Cache) -> None:
    """The first script copies every key, the second reads them all from the copy."""
    copied = cache.run(flow.CACHE_BACKUP)
    assert (0, True) == (copied.returncode, "copied the cache to cache-" in copied.stdout), copied
    proved = cache.run(flow.CACHE_RESTORE_CHECK)
    assert 0 == proved.returncode, proved
    assert f"read 40 of 40 keys (0 had ended) from {cache.newest()}" in proved.stdout


def test_keys_that_ended_are_no_loss(cache: _Cache) -> None:
    """A session whose time is over is not read, and nobody is called for it."""
    # Redis 7 waits five seconds for more replicas before it begins a copy.
    cache.ask("SET", "brief", "x", "PX", "1500" if redis.find().version < (7, 0) else "9000")
    assert 0 == cache.run(flow.CACHE_BACKUP).returncode
    deadline = time.monotonic() + 20
    while cache.ask("EXISTS", "brief") != "0":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    proved = cache.run(flow.CACHE_RESTORE_CHECK)
    assert "read 40 of 41 keys (1 had ended)" in proved.stdout, proved


def test_the_last_seven_copies_are_kept(cache: _Cache) -> None:
    """Older ones are removed, and no half copy is left behind."""
    for day in range(1, 10):
        (cache.copies / f"cache-2026010{day}T020000Z.rdb").write_bytes(b"old")
    assert 0 == cache.run(flow.CACHE_BACKUP).returncode
    kept = sorted(path.name for path in cache.copies.iterdir())
    assert snapshot.KEPT == len(kept)
    assert "cache-20260104T020000Z.rdb" == kept[0]


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _age(path: Path) -> None:
    long_ago = time.time() - 60 * (snapshot.OLDEST + 10)
    os.utime(path, (long_ago, long_ago))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_truncate, "is damaged"),
        (_flip, "is damaged"),
        (_age, "none is younger"),
        (Path.unlink, "none is younger"),
    ],
)
def test_a_copy_that_is_of_no_use_is_called_so(
    harm: Callable[[Path], Any], says: str, cache: _Cache
) -> None:
    """Cut off, one byte changed, too old, gone: the proof fails and says which."""
    assert 0 == cache.run(flow.CACHE_BACKUP).returncode
    harm(cache.newest())
    proved = cache.run(flow.CACHE_RESTORE_CHECK)
    assert (1, True) == (proved.returncode, says in proved.stderr), proved


def test_a_cache_that_refuses_is_no_copy(cache: _Cache) -> None:
    """With a wrong password the script fails and leaves nothing that looks like a copy."""
    (cache.folder / "secrets" / "password").write_text("wrong")
    assert 0 != cache.run(flow.CACHE_BACKUP).returncode
    assert [] == list(cache.copies.iterdir())


def test_who_copies_can_read_nothing_else(cache: _Cache) -> None:
    """The user of the copy may not read, write or stop; the user of services may not copy."""
    for words in (("GET", "session:0"), ("SET", "a", "b"), ("SHUTDOWN",), ("FLUSHALL",)):
        assert "NOPERM" in cache.ask(*words, user=secret.BACKUP_USER)
    assert "NOPERM" in cache.ask("REPLCONF", "rdb-only", "1")


def test_it_needs_what_an_image_has() -> None:
    """The scripts use a plain shell and these programs; here too they come from nowhere else."""
    assert all(map(shutil.which, ("sh", "sed", "find", "sort", "tail", "date", "basename")))
