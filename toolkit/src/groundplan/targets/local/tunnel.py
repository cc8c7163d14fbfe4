"""TLS for a cache whose server has none: an nginx before it, and a socket between them.

The server listens on no port at all, only on a unix socket that its owner alone may open, so
that whatever reaches it over the network comes through TLS.
"""

from typing import Final

from groundplan.model.file import File
from groundplan.model.folders import Folders
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE
from groundplan.model.process import Process, Program, Question
from groundplan.targets.local import redis

SUFFIX: Final = ".tls"
"""Ends the name of a component that speaks TLS for another one."""
NAME: Final = CACHE + SUFFIX


def config(placement: Placement, folders: Folders) -> tuple[File, ...]:
    """Return the nginx.conf."""
    shown = placement.certificate(CACHE)
    written = _SETTINGS.format(
        pid=f"{folders.run}/{NAME}.pid",
        address=placement.replica(CACHE, 1).address,
        chain=shown.chain,
        key=shown.key,
        socket=redis.socket_path(folders),
    )
    return (File(f"{NAME}/nginx.conf", written, 0o600),)


def process(placement: Placement, folders: Folders) -> Process:
    """Return the nginx that speaks TLS for the cache."""
    prefix, shown = f"{folders.config}/{NAME}", placement.certificate(CACHE)
    return Process(
        component=NAME,
        replica=1,
        kind=CACHE,
        program=Program.NGINX,
        arguments=("-p", prefix, "-c", f"{prefix}/nginx.conf", "-e", "stderr"),
        port=placement.replica(CACHE, 1).address.port,
        probes=redis.PROBES,
        directory=folders.data,
        question=Question.REDIS,
        authority=shown.authority,
        reads=(f"{prefix}/nginx.conf",),
        reloads=(shown.chain, shown.key),
        unprivileged=True,
        note=f"speaks TLS for {CACHE}",
    )


_SETTINGS = """\
# Rendered by groundplan; change platform.yaml instead.
daemon off;
worker_processes 1;
worker_shutdown_timeout 2s;
pid {pid};
error_log stderr warn;

events {{
    worker_connections 4096;
}}

stream {{
    server {{
        listen {address} ssl;
        ssl_certificate {chain};
        ssl_certificate_key {key};
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_tickets off;
        ssl_handshake_timeout 5s;
        proxy_pass unix:{socket};
        proxy_connect_timeout 1s;
        # Callers keep connections that may be idle for a night.
        proxy_timeout 24h;
        tcp_nodelay on;
    }}
}}
"""
