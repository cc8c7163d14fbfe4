"""Redis on this machine: its settings and its process, on loopback, with a password.

What the settings say of memory and of the log is the same in a cluster: `model.redis`.
"""

from hashlib import sha256
from typing import Final

from groundplan.model import redis
from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.model.probe import Probe, Probes
from groundplan.model.process import Process, Program, Question
from groundplan.targets.local import encryption

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
    digest = sha256(password.encode()).hexdigest()
    written = redis.settings(
        platform.cache,
        listening=_listening(placement, folders, tunnelled=tunnelled),
        users=_USERS.format(digest=digest),
        folder=folders.cache,
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
    if tunnelled:
        return f'port 0\nunixsocket "{socket_path(folders)}"\nunixsocketperm 700'
    address = placement.replica(CACHE, 1).address
    shown = placement.certificate(CACHE) if placement.is_encrypted else None
    return redis.listening(address.host, address.port, shown)


_USERS: Final = """\
# Only a digest of the password stands here. Words that stop, empty or reconfigure the
# server are refused.
user default on #{digest} ~* &* +@all -@admin -@dangerous +info +client|id +client|setname"""
