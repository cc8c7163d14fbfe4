"""The cache's copy, its proof and its way back, by the very scripts of the rendered objects.

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
from groundplan.targets.kubernetes import cache as cluster_cache
from groundplan.targets.kubernetes import redis as cluster_redis
from groundplan.targets.kubernetes import script, secret, snapshot
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
        self.programs, self.data = folder / "bin", folder / "data"
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
        made = [
            *snapshot.objects(platform, placed),
            *cluster_cache.objects(platform, placed)[CACHE],
        ]
        self.rendered = [plain(each) for each in made]
        self.server: subprocess.Popen[bytes] | None = None
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

    def prepare(self) -> None:
        """Write what the pod mounts: the users that the Secret would hold, and the settings."""
        template = self.users["spec"]["target"]["template"]["data"]["users.acl"]
        digest = hashlib.sha256(PASSWORD.encode()).hexdigest()
        users = template.replace("{{ .cache_password | sha256sum }}", digest)
        (self.folder / "secrets" / "users.acl").write_text(users)
        (self.folder / "secrets" / "password").write_text(PASSWORD)
        certificate.provide(self.folder, [CACHE])
        self.data.mkdir()
        (self.folder / "redis.conf").write_text(self._here(self.settings))

    def start(self) -> None:
        """Start the server."""
        argv = [str(self.programs / "redis-server"), str(self.folder / "redis.conf")]
        self.server = subprocess.Popen(
            argv, stdout=subprocess.DEVNULL, preexec_fn=_die_with_parent
        )
        deadline = time.monotonic() + 20
        while self.ask("PING") != "PONG":
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def end(self) -> None:
        """End the server at once."""
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def ask(self, *words: str, user: str = "default") -> str:
        """Ask the server one question and return its words."""
        argv = [str(self.programs / "redis-cli"), "-p", str(self.port), "--user", user]
        argv += ["--pass", PASSWORD, "--no-auth-warning"]
        argv += ["--tls", "--cacert", str(self.folder / "ca.crt")] * self.encrypted
        argv += words
        return subprocess.run(argv, capture_output=True, text=True, check=False).stdout.strip()

    def run(self, name: str, step: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a rendered container, its folders and addresses replaced."""
        (found,) = [
            container
            for each in self.rendered
            if each["metadata"]["name"] == name and (pod := _pod(each))
            for container in (*pod.get("initContainers", ()), *pod["containers"])
            if container["name"] == step
        ]
        text = self._here(found["command"][2])
        return subprocess.run(
            ["sh", "-c", text],
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
            '"/data': f'"{self.data}',
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


def _pod(rendered: dict[str, Any]) -> dict[str, Any]:
    """Return the pod of a cron job or of a stateful set; nothing of another object."""
    spec = rendered.get("spec", {})
    spec = spec.get("jobTemplate", {}).get("spec", spec)
    pod: dict[str, Any] = spec.get("template", {}).get("spec", {})
    return pod


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[_Cache]:
    """A running cache with forty keys, in two of its numbered databases."""
    made = _Cache(tmp_path)
    made.prepare()
    made.start()
    for number in range(40):
        made.ask("-n", str(number % 2), "SET", f"session:{number}", "x" * 100)
    yield made
    made.end()


def test_a_copy_is_made_and_proved(cache: _Cache) -> None:
    """The first script copies every key, the second reads them all from the copy."""
    copied = cache.run(flow.CACHE_BACKUP, "copy")
    assert (0, True) == (copied.returncode, "copied the cache to cache-" in copied.stdout), copied
    proved = cache.run(flow.CACHE_RESTORE_CHECK, "prove")
    assert 0 == proved.returncode, proved
    assert f"read 40 of 40 keys (0 had ended) from {cache.newest()}" in proved.stdout


def _copy_with_a_brief_key(cache: _Cache) -> float:
    """Make a copy that holds a key that ends soon; return the most that is left of its life."""
    # Redis 7 waits five seconds for more replicas before it begins a copy.
    life = 1.5 if redis.find().version < (7, 0) else 9.0
    while life < 60:
        cache.ask("SET", "brief", "x", "PX", str(int(life * 1000)))
        assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
        if cache.ask("EXISTS", "brief") == "1":
            return life
        life *= 2
    raise TimeoutError("the copy took longer than any life of the key")


def test_keys_that_ended_are_no_loss(cache: _Cache) -> None:
    """A session whose time is over is not read, and nobody is called for it."""
    deadline = time.monotonic() + _copy_with_a_brief_key(cache) + 20
    while cache.ask("EXISTS", "brief") != "0":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    proved = cache.run(flow.CACHE_RESTORE_CHECK, "prove")
    assert "read 40 of 41 keys (1 had ended)" in proved.stdout, proved


def test_the_last_seven_copies_are_kept(cache: _Cache) -> None:
    """Older ones are removed, and no half copy is left behind."""
    for day in range(1, 10):
        (cache.copies / f"cache-2026010{day}T020000Z.rdb").write_bytes(b"old")
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    kept = sorted(path.name for path in cache.copies.iterdir())
    assert script.KEPT == len(kept)
    assert "cache-20260104T020000Z.rdb" == kept[0]


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _age(path: Path) -> None:
    long_ago = time.time() - 60 * (script.OLDEST + 10)
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
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    harm(cache.newest())
    proved = cache.run(flow.CACHE_RESTORE_CHECK, "prove")
    assert (1, True) == (proved.returncode, says in proved.stderr), proved


def _size(cache: _Cache) -> list[str]:
    """Return how many keys each numbered database holds."""
    return [cache.ask("-n", number, "DBSIZE") for number in "01"]


def _put_back(cache: _Cache) -> list[subprocess.CompletedProcess[str]]:
    """Do what the how-to says: run the job, then end the pod, whose next one begins."""
    laid = cache.run(flow.CACHE_RESTORE, "lay")
    cache.end()
    taken = cache.run(CACHE, "take")
    cache.start()
    return [laid, taken]


def test_a_lost_disk_is_restored(cache: _Cache) -> None:
    """On an empty disk every key of the copy is back, with its end, and new writes last."""
    cache.ask("SET", "ends", "x", "EX", "1000")
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    cache.end()
    shutil.rmtree(cache.data)
    cache.data.mkdir()
    cache.start()
    assert ["0", "0"] == _size(cache)
    laid, taken = _put_back(cache)
    assert f"will begin from {cache.newest().name}" in laid.stdout, laid
    assert "the cache begins from a copy\n" == taken.stdout, taken
    assert ["21", "20"] == _size(cache)
    assert 0 < int(cache.ask("TTL", "ends")) <= 1000
    cache.ask("SET", "later", "x")
    deadline = time.monotonic() + 10
    while b"later" not in b"".join(
        each.read_bytes() for each in cache.data.rglob("appendonly.aof*") if each.is_file()
    ):
        assert time.monotonic() < deadline, "the write is not in the log"
        time.sleep(0.05)
    cache.end()
    assert "" == cache.run(CACHE, "take").stdout
    cache.start()
    assert ["22", "20"] == _size(cache)


def test_what_was_there_stands_beside(cache: _Cache) -> None:
    """A restore replaces what was written since, and keeps the log that it replaces."""
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    cache.ask("SET", "since", "x")
    assert [0, 0] == [each.returncode for each in _put_back(cache)]
    assert ("0", ["20", "20"]) == (cache.ask("EXISTS", "since"), _size(cache))
    assert 1 == len(list(cache.data.glob("replaced-appendonly*")))


@pytest.mark.parametrize("harm", [_truncate, _flip])
def test_a_damaged_copy_is_refused(harm: Callable[[Path], Any], cache: _Cache) -> None:
    """Nothing is laid, the cache begins with what it had."""
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    harm(cache.newest())
    laid, taken = _put_back(cache)
    assert (1, True) == (laid.returncode, "none that can be read" in laid.stderr), laid
    assert ("", ["20", "20"]) == (taken.stdout, _size(cache))


def test_the_newest_copy_that_can_be_read_is_taken(cache: _Cache) -> None:
    """One that is damaged is named and left out, and the one before it is put back."""
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    whole = cache.newest()
    damaged = whole.with_name("cache-20990101T020000Z.rdb")
    shutil.copy(whole, damaged)
    _truncate(damaged)
    laid, _ = _put_back(cache)
    assert f"refused, for it is damaged: {damaged.name}" in laid.stderr, laid
    assert f"will begin from {whole.name}" in laid.stdout


def test_a_copy_that_was_cut_on_the_disk_is_refused(cache: _Cache) -> None:
    """What waits is checked again before it replaces a log: the disk may have been full."""
    assert 0 == cache.run(flow.CACHE_BACKUP, "copy").returncode
    assert 0 == cache.run(flow.CACHE_RESTORE, "lay").returncode
    _truncate(cache.data / script.WAITING)
    cache.end()
    taken = cache.run(CACHE, "take")
    cache.start()
    assert (0, True) == (taken.returncode, "refused, for it is damaged" in taken.stderr), taken
    assert ["20", "20"] == _size(cache)
    assert (False, True) == (
        (cache.data / script.WAITING).exists(),
        (cache.data / "refused.rdb").exists(),
    )


def test_a_cache_that_refuses_is_no_copy(cache: _Cache) -> None:
    """With a wrong password the script fails and leaves nothing that looks like a copy."""
    (cache.folder / "secrets" / "password").write_text("wrong")
    assert 0 != cache.run(flow.CACHE_BACKUP, "copy").returncode
    assert [] == list(cache.copies.iterdir())


def test_who_copies_can_read_nothing_else(cache: _Cache) -> None:
    """The user of the copy may not read, write or stop; the user of services may not copy."""
    for words in (("GET", "session:0"), ("SET", "a", "b"), ("SHUTDOWN",), ("FLUSHALL",)):
        assert "NOPERM" in cache.ask(*words, user=secret.BACKUP_USER)
    assert "NOPERM" in cache.ask("REPLCONF", "rdb-only", "1")


def test_it_needs_what_an_image_has() -> None:
    """The scripts use a plain shell and these programs; here too they come from nowhere else."""
    assert all(map(shutil.which, ("sh", "sed", "find", "sort", "tail", "date", "basename", "cp")))
