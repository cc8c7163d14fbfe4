"""redis.conf of the cache in a cluster: as on one machine, but for where it listens and keeps.

Who may do what is no part of it: the Secret of the cache holds `users.acl`, lines that begin
with `user`, which are included; only their digests of the password reach Redis.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.model.setting import MOUNTED_SECRETS

DATA_FOLDER: Final = "/data"
PROBE_USER: Final = "probe"
"""Who may ask whether Redis answers, and nothing else; so no probe needs the password."""
DATA_SHARE: Final = 0.75
"""Of the memory limit; the rest is for buffers and for copies while the log is rewritten."""


def settings(platform: Platform, placement: Placement) -> str:
    """Return the text of redis.conf."""
    cache = platform.cache
    return _SETTINGS.format(
        listening=_listening(placement),
        users=f"{MOUNTED_SECRETS}/users.acl",
        probe=PROBE_USER,
        folder=DATA_FOLDER,
        appendonly="yes" if cache.persistence.enabled else "no",
        fsync=cache.persistence.fsync,
        memory=int(cache.resources.limits.memory * DATA_SHARE),
    )


def _listening(placement: Placement) -> str:
    port = placement.replica(CACHE, 0).address.port
    if not placement.is_encrypted:
        return f"bind *\nport {port}"
    return _ENCRYPTED.format(port=port, shown=placement.certificate(CACHE))


_ENCRYPTED = """\
bind *
port 0
tls-port {port}
tls-cert-file "{shown.chain}"
tls-key-file "{shown.key}"
tls-ca-cert-file "{shown.authority}"
tls-auth-clients no
tls-protocols "TLSv1.2 TLSv1.3\""""


_SETTINGS = """\
# Rendered from platform.yaml; changes here are lost.
{listening}
protected-mode yes
tcp-backlog 511
tcp-keepalive 60
timeout 0
daemonize no
supervised no
loglevel notice

# Lines with the digest of the password, from a secret; and who may only be answered.
include {users}
user {probe} on nopass -@all +ping

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
