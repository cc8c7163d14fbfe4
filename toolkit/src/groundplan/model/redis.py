"""redis.conf, the same on one machine and in a cluster.

Takes the cache's part of the file, and what only a place knows: where Redis listens, who its users
are and where it keeps its data. Hands on text. Memory is bounded and nothing is evicted: sessions
and cached answers share one Redis and all have an end, so any evicting policy could one day
prefer a session to an answer. When memory is full, writes are refused until keys have ended.
"""

from typing import Final

from groundplan.model.data import Cache
from groundplan.model.placement import Certificate

DATA_SHARE: Final = 0.75
"""Of the memory limit; the rest is for buffers and for copies while the log is rewritten."""


def settings(cache: Cache, *, listening: str, users: str, folder: str) -> str:
    """Return the text of redis.conf.

    Args:
        cache: the cache of the file.
        listening: the lines that say where it listens.
        users: the lines that say who may do what.
        folder: where it keeps its log.
    """
    return _SETTINGS.format(
        listening=listening,
        users=users,
        folder=folder,
        appendonly="yes" if cache.persistence.enabled else "no",
        fsync=cache.persistence.fsync,
        memory=int(cache.resources.limits.memory * DATA_SHARE),
    )


def listening(host: str, port: int, shown: Certificate | None) -> str:
    """Return the lines that make Redis listen; with a certificate it speaks TLS and only that."""
    if shown is None:
        return f"bind {host}\nport {port}"
    return _ENCRYPTED.format(host=host, port=port, shown=shown)


_ENCRYPTED: Final = """\
bind {host}
port 0
tls-port {port}
tls-cert-file "{shown.chain}"
tls-key-file "{shown.key}"
tls-ca-cert-file "{shown.authority}"
tls-auth-clients no
tls-protocols "TLSv1.2 TLSv1.3\""""


_SETTINGS: Final = """\
# Rendered from platform.yaml; changes here are lost.
{listening}
protected-mode yes
tcp-backlog 511
tcp-keepalive 60
timeout 0
daemonize no
supervised no
loglevel notice

{users}

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
