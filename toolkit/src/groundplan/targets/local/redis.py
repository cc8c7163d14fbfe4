"""Redis on this machine: it remembers, on loopback, with a password, without dangerous words.

Memory is bounded and nothing is evicted: sessions and cached answers share one Redis and all
have an end, so any evicting policy could one day prefer a session to an answer. When memory
is full, writes are refused until keys have ended; sessions stay.
"""

from hashlib import sha256

from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process, Program, Question
from groundplan.targets.local import encryption

DATA_SHARE = 0.75
"""Of the memory limit; the rest is for buffers and for copies while the log is rewritten."""

PROBES = Probes(
    startup=Probe(period=0.1, failures=600),
    readiness=Probe(period=2.0, failures=2),
    liveness=Probe(period=5.0, timeout=2.0, failures=3),
)


def config(
    platform: Platform,
    placement: Placement,
    folders: Folders,
    password: str,
    *,
    tunnelled: bool = False,
) -> tuple[File, ...]:
    """Return redis.conf; one that is tunnelled listens on its socket and nowhere else."""
    cache = platform.cache
    written = _SETTINGS.format(
        listening=_listening(placement, folders, tunnelled=tunnelled),
        folder=folders.cache,
        appendonly="yes" if cache.persistence.enabled else "no",
        fsync=cache.persistence.fsync,
        memory=int(cache.resources.limits.memory * DATA_SHARE),
        digest=sha256(password.encode()).hexdigest(),
    )
    return (File("redis/redis.conf", written, 0o600),)


def socket_path(folders: Folders) -> str:
    """Return the socket of a Redis that has no port."""
    return f"{folders.run}/{CACHE}.sock"


def process(placement: Placement, folders: Folders, *, tunnelled: bool = False) -> Process:
    """Return the one Redis of a local run."""
    settings = f"{folders.config}/redis/redis.conf"
    return Process(
        component=CACHE,
        replica=1,
        kind=CACHE,
        program=Program.REDIS,
        arguments=(settings,),
        port=placement.replica(CACHE, 1).address.port,
        probes=PROBES,
        directory=folders.data,
        question=Question.REDIS,
        drain=10.0,
        health_socket=socket_path(folders) if tunnelled else "",
        reads=(settings, *(() if tunnelled else encryption.files(placement, CACHE))),
        authority="" if tunnelled else encryption.authority(placement, CACHE),
        note=f"has no TLS of its own, {CACHE}.tls speaks it" if tunnelled else "",
    )


def _listening(placement: Placement, folders: Folders, *, tunnelled: bool) -> str:
    address = placement.replica(CACHE, 1).address
    if tunnelled:
        return f'port 0\nunixsocket "{socket_path(folders)}"\nunixsocketperm 700'
    if not placement.is_encrypted:
        return f"bind {address.host}\nport {address.port}"
    shown = placement.certificate(CACHE)
    return _ENCRYPTED.format(at=address, shown=shown)


_ENCRYPTED = """\
bind {at.host}
port 0
tls-port {at.port}
tls-cert-file "{shown.chain}"
tls-key-file "{shown.key}"
tls-ca-cert-file "{shown.authority}"
tls-protocols "TLSv1.2 TLSv1.3"
tls-auth-clients no"""


_SETTINGS = """\
# Rendered by groundplan; change platform.yaml instead.
{listening}
protected-mode yes
tcp-backlog 511
tcp-keepalive 60
timeout 0
daemonize no
supervised no
loglevel notice

# Only a digest of the password stands here. Words that stop, empty or reconfigure the
# server are refused.
user default on #{digest} ~* &* +@all -@admin -@dangerous +info +client|id +client|setname

dir "{folder}"
appendonly {appendonly}
appendfsync {fsync}
no-appendfsync-on-rewrite no
aof-load-truncated yes
aof-use-rdb-preamble yes
auto-aof-rewrite-percentage 100
auto-aof-rewrite-min-size 16mb
save ""

maxmemory {memory}
maxmemory-policy noeviction
maxclients 1000
"""
